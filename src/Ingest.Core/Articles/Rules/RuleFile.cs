namespace Ingest.Core.Articles.Rules;

/// <summary>One line of a rule file: <c>key: phrase | phrase</c>.</summary>
internal sealed record RuleLine(string Key, IReadOnlyList<string> Phrases);

/// <summary>The data files beside this class, embedded in the assembly. <c>#</c> opens a comment, a line that begins with white space goes on.</summary>
internal static class RuleFile
{
    private static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "ru", "uk", "tr", "ar", "zh", "ja"];

    /// <summary>The phrases of every language; a key is a topic and how its phrases may stand.</summary>
    public static readonly IReadOnlyList<RuleLine> Phrases = [.. Languages.SelectMany(language => Read($"{language}.txt"))];

    public static IReadOnlyList<RuleLine> Read(string name)
    {
        using var stream = typeof(RuleFile).Assembly.GetManifestResourceStream($"Ingest.Core.Articles.Rules.{name}")
            ?? throw new InvalidOperationException($"The rule file {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var lines = new List<RuleLine>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = char.IsWhiteSpace(line[0]) ? -1 : line.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? lines[^1].Key : line[..colon].Trim();
            lines.Add(new RuleLine(key, line[(colon + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        }
        return lines;
    }
}
