namespace Ingest.Core.Articles.Extraction;

/// <summary>Plain text as blocks: every line that is not blank is one.</summary>
internal static class PlainTextReader
{
    private const int LongestHeading = 120;

    public static IReadOnlyList<Block> Read(ReadOnlySpan<char> text)
    {
        var region = new Region(parent: null, element: null);
        var lines = new List<string>();
        foreach (var line in text.EnumerateLines())
            if (Metadata.Spaces.Squeeze(line.ToString()) is { Length: > 0 } squeezed)
                lines.Add(squeezed);
        return [.. lines.Select((line, i) => new Block(line, KindOf(lines, i), region) { Weight = Prose.Weigh(line, 0) })];
    }

    /// <summary>The bullet that a line carries, with its space; empty when there is none.</summary>
    public static string BulletOf(string line) =>
        line.Length > 2 && line[1] == ' ' && line[0] is '-' or '•' or '*' or '–' or '◦' or '▪' or '·' ? line[..2] : "";

    // A sub-heading is a short line between paragraphs: it has no stop, and a sentence follows.
    private static ParagraphKind KindOf(List<string> lines, int at)
    {
        var line = lines[at];
        if (BulletOf(line).Length > 0)
            return ParagraphKind.ListItem;
        var isHeading = at > 0 && at + 1 < lines.Count && line.Length <= LongestHeading && char.IsLetter(line[^1])
            && Prose.IsSentence(lines[at + 1]) && Prose.EndsWithStop(lines[at - 1]);
        return isHeading ? ParagraphKind.Heading : ParagraphKind.Paragraph;
    }
}
