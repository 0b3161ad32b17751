
namespace Ingest.UnitTests;

/// <summary>
/// Documents under <c>tests/corpus</c> with what is expected of them beside them (<c>name.expected.json</c>).
/// With INGEST_ACCEPT=1 the expected files are rewritten, to be reviewed as a diff.
/// </summary>
internal static class GoldenFiles
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("INGEST_ACCEPT") == "1";

    /// <summary>The documents below a folder of the corpus, as paths relative to the corpus.</summary>
    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryFolders.Corpus, folder), "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains(".expected.", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(RepositoryFolders.Corpus, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static byte[] Read(string document) => File.ReadAllBytes(Path.Combine(RepositoryFolders.Corpus, document));

    /// <summary>Compares with the expected file, or rewrites it.</summary>
    public static void Check(string document, string actual)
    {
        var path = Path.Combine(RepositoryFolders.Corpus, Path.ChangeExtension(document, ".expected.json"));
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Accept)
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing: INGEST_ACCEPT=1 writes it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
