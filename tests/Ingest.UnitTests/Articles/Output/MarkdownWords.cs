using System.Text;
using System.Text.RegularExpressions;

namespace Ingest.UnitTests.Articles.Output;

/// <summary>A small reader of Markdown: the words that a reader of the rendered page would see, by CommonMark's rules as far as our writer needs them.</summary>
internal static partial class MarkdownWords
{
    public static string Of(string markdown)
    {
        var text = new StringBuilder();
        string? fence = null;
        foreach (var line in markdown.Split('\n'))
        {
            var content = line[Around().Match(line).Length..];
            if (fence is null && Fence().Match(content) is { Success: true } opening)
                fence = opening.Value;
            else if (fence is not null && content.TrimStart(' ', '>') == fence)
                fence = null;
            else if (fence is not null)
                text.Append(line);
            else if (!Delimiters().IsMatch(content))
                Inline(content, text);
            text.Append('\n');
        }
        return FormWords.Of(text.ToString());
    }

    private static void Inline(string line, StringBuilder text)
    {
        for (var at = 0; at < line.Length; at++)
            switch (line[at])
            {
                case '\\' when at + 1 < line.Length && char.IsAsciiLetterOrDigit(line[at + 1]) is false:
                    text.Append(line[++at]);
                    break;
                case '`':
                    at = Code(line, at, text);
                    break;
                case ']' when at + 1 < line.Length && line[at + 1] == '(':
                    at = Destination(line, at + 2);
                    break;
                case '[' or '*' or '!' when line[at] != '!' || (at + 1 < line.Length && line[at + 1] == '['):
                    break;
                default:
                    text.Append(line[at]);
                    break;
            }
    }

    private static int Code(string line, int at, StringBuilder text)
    {
        var open = at;
        while (open < line.Length && line[open] == '`') open++;
        var ticks = line[at..open];
        var end = open;
        do end = line.IndexOf(ticks, end, StringComparison.Ordinal) is >= 0 and var found ? found : throw new FormatException($"code without an end: {line}");
        while ((line[end - 1] == '`' || (end + ticks.Length < line.Length && line[end + ticks.Length] == '`')) && end++ > 0);
        text.Append(line, open, end - open);
        return end + ticks.Length - 1;
    }

    private static int Destination(string line, int at)
    {
        for (var depth = 0; at < line.Length; at++)
            if (line[at] == '\\') at++;
            else if (line[at] == '(') depth++;
            else if (line[at] == ')' && depth-- == 0) return at;
        throw new FormatException($"a destination without an end: {line}");
    }

    [GeneratedRegex(@"^(?:> ?| +|[-*] |\d{1,9}[.)] )*(?:#{2,4} )?", RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    [GeneratedRegex("^`{3,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\|(?: --- \|)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Delimiters();
}
