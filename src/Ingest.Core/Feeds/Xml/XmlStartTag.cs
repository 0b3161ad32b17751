namespace Ingest.Core.Feeds.Xml;

/// <summary>How a start tag ends.</summary>
internal enum XmlTagEnd
{
    Opens,
    ClosesItself,

    /// <summary>The document ends within the tag.</summary>
    CutShort,
}

/// <summary>Reads start tags, one after the other: the name and the attributes, quoted or not.</summary>
internal sealed class XmlStartTag(ReadOnlyMemory<char> source, XmlNamespaceScope namespaces, ProblemLog problems, FeedLimits limits)
{
    private readonly List<XmlAttribute> _attributes = [];
    private int _start;
    private int _at;

    public ReadOnlyMemory<char> Name { get; private set; }

    /// <summary>Where the tag ends in the source.</summary>
    public int End => _at;

    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':' || c >= 0x80;

    /// <summary>Reads the name of a tag that begins with "&lt;".</summary>
    public void ReadName(int at)
    {
        var length = NameLength(source.Span[(at + 1)..]);
        Name = source.Slice(at + 1, length);
        _start = at;
        _at = at + 1 + length;
    }

    /// <summary>Reads what follows the name; the namespaces it declares hold for the element at a depth.</summary>
    public XmlTagEnd ReadAttributes(int depth)
    {
        _attributes.Clear();
        var text = source.Span;
        while (_at < text.Length)
        {
            switch (text[_at])
            {
                case '>':
                    _at++;
                    return XmlTagEnd.Opens;
                case '/' when _at + 1 < text.Length && text[_at + 1] == '>':
                    _at += 2;
                    return XmlTagEnd.ClosesItself;
                case '<':
                    // The tag was never closed and the next begins.
                    problems.At(_start, FeedProblemKind.BrokenTag);
                    return XmlTagEnd.Opens;
                case var c when char.IsWhiteSpace(c):
                    _at++;
                    break;
                default:
                    ReadAttribute(text, depth);
                    break;
            }
        }

        problems.At(_start, FeedProblemKind.CutShort);
        return XmlTagEnd.CutShort;
    }

    /// <summary>The attributes with their namespaces, which the tag itself may have declared behind them.</summary>
    public XmlAttribute[] Attributes()
    {
        var attributes = _attributes.Count == 0 ? [] : _attributes.ToArray();
        foreach (ref var attribute in attributes.AsSpan())
        {
            if (attribute.Namespace != FeedNamespace.Xmlns)
            {
                var (ns, name) = namespaces.Resolve(attribute.RawName.Span, isAttribute: true, _start);
                attribute = attribute with { Namespace = ns, Name = name };
            }
        }

        return attributes;
    }

    private void ReadAttribute(ReadOnlySpan<char> text, int depth)
    {
        var name = source.Slice(_at, NameLength(text[_at..]));
        if (name.IsEmpty)
        {
            problems.At(_at, FeedProblemKind.BrokenTag);
            _at++;
            return;
        }

        _at += name.Length;
        _at += SpaceLength(text[_at..]);
        var value = ReadOnlyMemory<char>.Empty;
        if (_at < text.Length && text[_at] == '=')
        {
            _at++;
            value = ReadValue(text);
        }
        else
        {
            problems.At(_at, FeedProblemKind.UnquotedAttribute);
        }

        var isDeclaration = XmlNamespaceScope.IsDeclaration(name.Span);
        if (isDeclaration)
        {
            namespaces.Declare(name, value.Span, depth);
        }

        _attributes.Add(new XmlAttribute(isDeclaration ? FeedNamespace.Xmlns : FeedNamespace.Other, "", name, value));
    }

    private ReadOnlyMemory<char> ReadValue(ReadOnlySpan<char> text)
    {
        _at += SpaceLength(text[_at..]);
        if (_at < text.Length && text[_at] is '"' or '\'' && text[(_at + 1)..].IndexOf(text[_at]) is >= 0 and var length)
        {
            var quoted = source.Slice(_at + 1, length);
            XmlReferences.Check(quoted.Span, _at + 1, problems);
            _at += length + 2;
            return Bounded(quoted);
        }

        problems.At(_at, FeedProblemKind.UnquotedAttribute);
        var start = _at;
        while (_at < text.Length && text[_at] is not ('>' or '<') && !char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return Bounded(source[start.._at]);
    }

    private ReadOnlyMemory<char> Bounded(ReadOnlyMemory<char> value)
    {
        if (value.Length <= limits.MaxAttributeLength)
        {
            return value;
        }

        problems.At(_start, FeedProblemKind.AttributeTooLong);
        return ReadOnlyMemory<char>.Empty;
    }

    private static int SpaceLength(ReadOnlySpan<char> text) => text.Length - text.TrimStart().Length;

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '_' or ':' or '-' or '.' || text[length] >= 0x80))
        {
            length++;
        }

        return length;
    }
}
