using System.Buffers;

namespace Ingest.Core.Feeds.Markup;

/// <summary>What <see cref="HtmlScanner"/> stands on.</summary>
internal enum HtmlToken
{
    Text,
    StartTag,
    EndTag,
    End,
}

/// <summary>
/// Cuts HTML into tags and text without building anything. Comments, declarations and processing instructions are passed over; a "&lt;"
/// that begins no tag is text. The rules are those of the HTML standard's tokenizer as far as fragments of feeds need them.
/// </summary>
internal ref struct HtmlScanner(ReadOnlySpan<char> html)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/><");

    private readonly ReadOnlySpan<char> _html = html;
    private int _at;

    /// <summary>Nothing of the kind follows: it is not looked for again, which would take the square of the text's length.</summary>
    private bool _noCommentEnd;
    private bool _noTagEnd;

    /// <summary>The text of a text token, references not decoded; CDATA sections come out as they stand.</summary>
    public ReadOnlySpan<char> Text { get; private set; }
    public bool IsCData { get; private set; }

    /// <summary>The name in a tag.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>What stands in a tag after its name.</summary>
    public ReadOnlySpan<char> Attributes { get; private set; }
    public bool SelfClosing { get; private set; }

    public HtmlToken Next()
    {
        while (_at < _html.Length)
        {
            var rest = _html[_at..];
            if (rest[0] != '<' || IsBare(rest))
            {
                var end = rest[1..].IndexOf('<');
                Take(rest[..(end < 0 ? rest.Length : end + 1)], isCData: false);
                return HtmlToken.Text;
            }

            if (rest[1] is '!' or '?')
            {
                if (PassOver(rest))
                {
                    return HtmlToken.Text;
                }

                continue;
            }

            var isEnd = rest[1] == '/';
            if (Tag(rest, isEnd ? 2 : 1))
            {
                return isEnd ? HtmlToken.EndTag : HtmlToken.StartTag;
            }
        }

        return HtmlToken.End;
    }

    /// <summary>Moves behind the end tag of an element whose content is not scanned.</summary>
    public void SkipRawText(ReadOnlySpan<char> name)
    {
        for (var rest = _html[_at..]; ; rest = _html[_at..])
        {
            var end = rest.IndexOf("</");
            if (end < 0)
            {
                _at = _html.Length;
                return;
            }

            _at += end + 2;
            if (_html[_at..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var close = _html[_at..].IndexOf('>');
                _at = close < 0 ? _html.Length : _at + close + 1;
                return;
            }
        }
    }

    private static bool IsBare(ReadOnlySpan<char> rest) =>
        rest.Length < 2 || !(char.IsAsciiLetter(rest[1]) || rest[1] == '?' || (rest[1] == '!' && rest.Length > 2 && (char.IsAsciiLetter(rest[2]) || rest[2] is '-' or '[')) || (rest[1] == '/' && rest.Length > 2 && char.IsAsciiLetter(rest[2])));

    private void Take(ReadOnlySpan<char> text, bool isCData)
    {
        Text = text;
        IsCData = isCData;
        _at += text.Length;
    }

    /// <summary>True when a CDATA section was met, or what never ends: that is text.</summary>
    private bool PassOver(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("<![CDATA["))
        {
            var end = rest.IndexOf("]]>");
            var content = end < 0 ? rest[9..] : rest[9..end];
            Take(content, isCData: true);
            _at += 9 + (end < 0 ? 0 : 3);
            return true;
        }

        var isComment = rest.StartsWith("<!--");
        if (isComment && !_noCommentEnd)
        {
            var end = rest[2..].IndexOf("-->");
            _noCommentEnd = end < 0;
            if (end >= 0)
            {
                _at += end + 5;
                return false;
            }
        }

        // A comment that never ends would hide all that follows: it ends at its first ">".
        var length = _noTagEnd ? -1 : rest.IndexOf('>');
        _noTagEnd = length < 0;
        if (length < 0 && !isComment)
        {
            var next = rest[1..].IndexOf('<');
            Take(rest[..(next < 0 ? rest.Length : next + 1)], isCData: false);
            return true;
        }

        _at += length < 0 ? rest.Length : length + 1;
        return false;
    }

    private bool Tag(ReadOnlySpan<char> rest, int nameStart)
    {
        var name = rest[nameStart..];
        var nameLength = name.IndexOfAny(NameEnds);
        nameLength = nameLength < 0 ? name.Length : nameLength;
        var end = TagEnd(rest, nameStart + nameLength);
        if (end < 0)
        {
            // Cut short within a tag: what is left is no text either.
            _at = _html.Length;
            return false;
        }

        Name = name[..nameLength];
        var attributes = rest[(nameStart + nameLength)..end];
        SelfClosing = attributes.EndsWith('/');
        Attributes = SelfClosing ? attributes[..^1] : attributes;
        _at += end < rest.Length && rest[end] == '>' ? end + 1 : end;
        return true;
    }

    /// <summary>Where the tag ends: at the first "&gt;" outside quotes, or where the next tag begins.</summary>
    private static int TagEnd(ReadOnlySpan<char> rest, int from)
    {
        while (rest[from..].IndexOfAny("><\"'") is >= 0 and var next)
        {
            var at = from + next;
            if (rest[at] is '>' or '<')
            {
                return at;
            }

            var isValue = rest[..at].TrimEnd().EndsWith('=');
            var quoted = isValue ? rest[(at + 1)..].IndexOf(rest[at]) : -1;
            from = quoted < 0 ? at + 1 : at + quoted + 2;
        }

        return -1;
    }
}

/// <summary>Reads the attributes of a tag one by one.</summary>
internal ref struct HtmlAttributes(ReadOnlySpan<char> tag)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f=/\"'");

    private ReadOnlySpan<char> _rest = tag;

    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The value, references not decoded.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    public bool Next()
    {
        _rest = _rest.TrimStart(" \t\r\n\f/\"'");
        if (_rest.IsEmpty)
        {
            return false;
        }

        var length = _rest[1..].IndexOfAny(NameEnds);
        length = length < 0 ? _rest.Length : length + 1;
        Name = _rest[..length];
        _rest = _rest[length..].TrimStart();
        Value = [];
        if (_rest is ['=', ..])
        {
            _rest = _rest[1..].TrimStart();
            ReadValue();
        }

        return true;
    }

    private void ReadValue()
    {
        if (_rest is ['"' or '\'', ..] && _rest[1..].IndexOf(_rest[0]) is >= 0 and var quoted)
        {
            Value = _rest.Slice(1, quoted);
            _rest = _rest[(quoted + 2)..];
            return;
        }

        var length = _rest.IndexOfAny(" \t\r\n\f");
        Value = length < 0 ? _rest : _rest[..length];
        _rest = _rest[Value.Length..];
    }
}
