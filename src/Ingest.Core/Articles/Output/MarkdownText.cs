using System.Text;

namespace Ingest.Core.Articles.Output;

/// <summary>Where a line of Markdown stands.</summary>
internal enum MarkdownPlace
{
    Line,
    Heading,
    Cell,
}

/// <summary>
/// What stands within a line of Markdown: text that is read as the text it is, links, emphasis and code. Emphasis is left out where CommonMark would not see its signs (0.31, section 6.2:
/// "left-flanking" and "right-flanking"): words count for more.
/// </summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder _line = new();
    private readonly MarkdownPlace _place;

    private MarkdownText(MarkdownPlace place) => _place = place;

    public static string Of(IReadOnlyList<StyledText> text, MarkdownPlace place)
    {
        var line = new MarkdownText(place);
        for (var at = 0; at < text.Count;)
        {
            var end = at + 1;
            while (end < text.Count && text[end].Style.Address == text[at].Style.Address)
                end++;
            if (text[at].Style.Address is { } address)
                line.Link(text, at, end, address);
            else
                line.Runs(text, at, end);
            at = end;
        }
        if (place == MarkdownPlace.Heading && line._line is [.., '#'])
            line._line.Insert(line._line.Length - 1, '\\');
        return line._line.ToString();
    }

    /// <summary>An address as a link's destination.</summary>
    public static string Address(string address)
    {
        var escaped = new StringBuilder();
        for (var at = 0; at < address.Length; at++)
        {
            if (address[at] is '(' or ')' or '\\' or '<' or '>' || IsReference(address, at))
                escaped.Append('\\');
            escaped.Append(address[at] == '|' ? "%7C" : address[at]);
        }
        return escaped.ToString();
    }

    /// <summary>The most backticks in a row.</summary>
    public static int LongestTicks(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
            longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        return longest;
    }

    private void Link(IReadOnlyList<StyledText> text, int from, int to, string address)
    {
        // "![" would be a picture.
        if (_line is [.., '!'])
            _line.Insert(_line.Length - 1, '\\');
        _line.Append('[');
        Runs(text, from, to);
        _line.Append("](").Append(Address(address)).Append(')');
    }

    private void Runs(IReadOnlyList<StyledText> text, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            var (run, style) = text[at];
            var inner = run.AsSpan().Trim(' ');
            if (inner.IsEmpty || style is { Strong: false, Emphasis: false, Code: false })
            {
                Plain(run);
                continue;
            }
            _line.Append(' ', run.AsSpan().IndexOf(inner));
            Marked(inner.ToString(), style, run[^1] == ' ' ? ' ' : Behind(text, at, to));
            _line.Append(' ', run.Length - run.AsSpan().TrimEnd(' ').Length);
        }
    }

    // The character that will stand behind a run.
    private static char Behind(IReadOnlyList<StyledText> text, int at, int to) => text[at].Style.Address is not null && at + 1 == to ? ']'
        : at + 1 == text.Count ? ' '
        : at + 1 == to ? '['
        : text[at + 1].Style.Code ? '`' : text[at + 1].Text[0];

    private void Marked(string text, TextStyle style, char behind)
    {
        var signs = style switch { { Strong: true, Emphasis: true } => "***", { Strong: true } => "**", { Emphasis: true } => "*", _ => "" };
        var (first, last) = style.Code ? ('`', '`') : (text[0], text[^1]);
        if (_line is [.., '*'] || behind is '*' || !Flanks(_line.Length == 0 ? ' ' : _line[^1], first) || !Flanks(behind, last))
            signs = "";
        _line.Append(signs);
        // Ticks that touch others would be one longer run.
        if (style.Code && _line is not [.., '`'])
            Code(text);
        else
            Plain(text);
        _line.Append(signs);
    }

    // Between a letter and a mark, signs of emphasis look the wrong way.
    private static bool Flanks(char outside, char inside) => !IsMark(inside) || outside is ' ' || (IsMark(outside) && !char.IsSurrogate(outside));

    // Half of a pair may be a mark as well as a letter.
    private static bool IsMark(char c) => char.IsPunctuation(c) || char.IsSymbol(c) || char.IsSurrogate(c);

    private void Code(string text)
    {
        var ticks = new string('`', LongestTicks(text) + 1);
        var space = text[0] == '`' || text[^1] == '`' ? " " : "";
        _line.Append(ticks).Append(space).Append(_place == MarkdownPlace.Cell ? text.Replace("|", "\\|", StringComparison.Ordinal) : text).Append(space).Append(ticks);
    }

    private void Plain(string text)
    {
        var isStart = _line.Length == 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (IsSpecial(text, at) || (isStart && _place == MarkdownPlace.Line && OpensBlock(text, at)))
                _line.Append('\\');
            _line.Append(text[at]);
        }
    }

    private bool IsSpecial(string text, int at) => text[at] switch
    {
        '\\' or '`' or '*' or '[' or ']' or '<' or '~' => true,
        '_' => at == 0 || at + 1 == text.Length || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at + 1]),
        '|' => _place == MarkdownPlace.Cell,
        '&' => IsReference(text, at),
        _ => false,
    };

    private static bool IsReference(string text, int at) => text[at] == '&' && at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '#');

    // "# ", "> ", "- ", "---", "+ " and "1. " at the beginning of a line.
    private static bool OpensBlock(string text, int at) => text[at] switch
    {
        '#' or '>' => at == 0,
        '-' or '+' => at == 0 && (text.Length == 1 || text[1] is ' ' or '-'),
        '.' or ')' => at is > 0 and < 10 && !text.AsSpan(0, at).ContainsAnyExceptInRange('0', '9') && (at + 1 == text.Length || text[at + 1] == ' '),
        _ => false,
    };
}
