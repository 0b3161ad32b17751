using System.Text.RegularExpressions;

namespace Ingest.UnitTests.House;

/// <summary>What neither the compiler nor the format command of a build looks at.</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void Nothing_is_qualified_with_this()
    {
        var lines = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFolders.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Where(line => Qualified().IsMatch(line)).Select(line => $"{path}: {line.Trim()}"));
        Assert.Empty(lines);
    }

    // Not in a comment; and where a member is named, a letter or an underscore follows.
    [GeneratedRegex(@"^(?!\s*//)[^""]*\bthis\.[A-Za-z_]")]
    private static partial Regex Qualified();
}
