namespace Ingest.Newsroom.Designs;

/// <summary>How a template writes lines that belong together: <c>around | first | line | last</c>, of which the later parts may be missing:
/// with two they are around and line, with one the lines are parted by line breaks. A single line is written as <c>line</c>. A part with several
/// <c>$text</c> takes as many lines at a time: a card's headline, excerpt and date.</summary>
/// <remarks><c>$text</c> stands for the line (in around: for all of them), <c>$href</c> for an address made of it, <c>$class</c> (in around) for the kind's class name.</remarks>
internal sealed class PieceMarkup
{
    public const string Text = "$text";
    private readonly string _around;
    private readonly string _first;
    private readonly string _line;
    private readonly string _last;
    private readonly string _between;

    /// <exception cref="FormatException">A part has no <c>$text</c>, or there are more than four.</exception>
    public PieceMarkup(string written)
    {
        var parts = written.Split(" | ", StringSplitOptions.TrimEntries);
        if (parts.Length > 4 || !parts.All(part => part.Contains(Text, StringComparison.Ordinal)))
        {
            throw new FormatException($"'{written}' wants one to four parts with a {Text} in each.");
        }
        _around = parts[0];
        _line = parts.Length switch { 1 => Text, 2 => parts[1], _ => parts[2] };
        _first = parts.Length > 2 ? parts[1] : _line;
        _last = parts.Length > 3 ? parts[3] : _line;
        _between = parts.Length > 1 ? "\n" : "<br>\n";
    }

    public string Write(IReadOnlyList<string> lines, string className = "")
    {
        var written = new List<string>();
        for (var at = 0; at < lines.Count;)
        {
            var part = (lines.Count == 1 ? _line : at == 0 ? _first : at == lines.Count - 1 ? _last : _line).Split(Text);
            written.Add(Filled(part, [.. lines.Skip(at).Take(part.Length - 1)]));
            at += part.Length - 1;
        }
        return _around.Replace("$class", className, StringComparison.Ordinal).Replace(Text, string.Join(_between, written), StringComparison.Ordinal);
    }

    private static string Filled(string[] part, string[] lines) =>
        string.Concat(part.Select((markup, at) => markup.Replace("$href", $"/r/{Slug.Of(lines[0])}", StringComparison.Ordinal) + Markup.Escape(at < lines.Length ? lines[at] : "")));
}
