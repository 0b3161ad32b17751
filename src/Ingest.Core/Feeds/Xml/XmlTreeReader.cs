namespace Ingest.Core.Feeds.Xml;

/// <summary>A document read as XML, well-formed or not.</summary>
internal sealed record XmlTree(XmlElement? Root, bool TooDeep);

/// <summary>
/// Reads XML in one pass and mends what is broken: end tags that are missing or stray, bare ampersands and angle brackets, undeclared
/// prefixes, attributes without quotes, an end in the middle. A DTD is skipped and nothing outside the document is ever looked at.
/// </summary>
internal sealed class XmlTreeReader
{
    private readonly ReadOnlyMemory<char> _source;
    private readonly FeedLimits _limits;
    private readonly ProblemLog _problems;
    private readonly Stack<XmlElement> _open = new();
    private readonly XmlNamespaceScope _namespaces;
    private readonly XmlStartTag _tag;
    private readonly XmlScope _outermost;
    private XmlElement? _root;
    private int _at;
    private bool _tooDeep;

    private XmlTreeReader(ReadOnlyMemory<char> source, XmlScope scope, FeedLimits limits, ProblemLog problems)
    {
        (_source, _outermost, _limits, _problems) = (source, scope, limits, problems);
        _namespaces = new XmlNamespaceScope(problems);
        _tag = new XmlStartTag(_source, _namespaces, problems, limits);
    }

    /// <summary>Reads a document. The tree holds slices of the source and is worth no more than it.</summary>
    public static XmlTree Read(ReadOnlyMemory<char> source, XmlScope scope, FeedLimits limits, ProblemLog problems)
    {
        var reader = new XmlTreeReader(source, scope, limits, problems);
        reader.ReadAll();
        return new XmlTree(reader._root, reader._tooDeep);
    }

    private void ReadAll()
    {
        var source = _source.Span;
        while (_at < source.Length && !_tooDeep)
        {
            var length = source[_at..].IndexOf('<');
            Text(_at, length < 0 ? source.Length : _at + length);
            if (length < 0)
            {
                break;
            }

            _at += length;
            Markup(source);
        }

        if (_open.Count > 0)
        {
            _problems.At(source.Length, FeedProblemKind.CutShort);
        }
    }

    private void Markup(ReadOnlySpan<char> source)
    {
        var rest = source[_at..];
        if (rest.Length > 1 && XmlStartTag.IsNameStart(rest[1]))
        {
            StartTag();
        }
        else if (rest.StartsWith("</"))
        {
            EndTag(source);
        }
        else if (rest.StartsWith("<![CDATA["))
        {
            CData(rest);
        }
        else if (rest.StartsWith("<!--"))
        {
            Skip(rest, "-->", 4);
        }
        else if (rest.StartsWith("<?"))
        {
            if (_at > 0 && rest.StartsWith("<?xml "))
            {
                _problems.At(0, FeedProblemKind.LeadingJunk);
            }

            Skip(rest, "?>", 2);
        }
        else if (rest.StartsWith("<!") && rest.Length > 2 && char.IsAsciiLetter(rest[2]))
        {
            Declaration(rest);
        }
        else
        {
            // A bare "<" is text.
            _problems.At(_at, FeedProblemKind.BareAngleBracket);
            var end = rest[1..].IndexOf('<');
            Text(_at, end < 0 ? source.Length : _at + 1 + end);
            _at = end < 0 ? source.Length : _at + 1 + end;
        }
    }

    private void Skip(ReadOnlySpan<char> rest, string end, int from)
    {
        var length = rest[from..].IndexOf(end);
        CutShortIf(length < 0);
        _at += length < 0 ? rest.Length : from + length + end.Length;
    }

    private void CutShortIf(bool isCut)
    {
        if (isCut)
        {
            _problems.At(_at, FeedProblemKind.CutShort);
        }
    }

    private void CData(ReadOnlySpan<char> rest)
    {
        const int Opening = 9;
        var length = rest[Opening..].IndexOf("]]>");
        CutShortIf(length < 0);
        var end = length < 0 ? rest.Length : Opening + length;
        if (_open.TryPeek(out var parent) && end > Opening)
        {
            parent.Append(new XmlText(Bounded(_at + Opening, _at + end), isCData: true));
        }

        _at += Math.Min(rest.Length, end + 3);
    }

    /// <summary>A document type declaration, its internal subset included; quoted strings may hold brackets.</summary>
    private void Declaration(ReadOnlySpan<char> rest)
    {
        _problems.At(_at, FeedProblemKind.DtdIgnored);
        var depth = 0;
        for (var i = 2; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '[':
                    depth++;
                    break;
                case ']':
                    depth--;
                    break;
                case '"' or '\'' when depth > 0 && rest[(i + 1)..].IndexOf(rest[i]) is >= 0 and var quoted:
                    i += quoted + 1;
                    break;
                case '>' when depth <= 0:
                    _at += i + 1;
                    return;
            }
        }

        CutShortIf(true);
        _at += rest.Length;
    }

    private void Text(int start, int end)
    {
        var text = _source.Span[start..end];
        if (!_open.TryPeek(out var parent))
        {
            if (!text.Trim("\uFEFF \t\r\n").IsEmpty)
            {
                _problems.At(start + text.Length - text.TrimStart("\uFEFF \t\r\n").Length, _root is null ? FeedProblemKind.LeadingJunk : FeedProblemKind.TrailingJunk);
            }

            return;
        }

        if (text.IsEmpty || (text.IsWhiteSpace() && Structural.Contains(parent.Name)))
        {
            return;
        }

        XmlReferences.Check(text, start, _problems);
        parent.Append(new XmlText(Bounded(start, end), isCData: false));
    }

    private ReadOnlyMemory<char> Bounded(int start, int end)
    {
        if (end - start <= _limits.MaxTextLength)
        {
            return _source[start..end];
        }

        _problems.At(start, FeedProblemKind.TextTooLong);
        return _source.Slice(start, _limits.Cut(_source.Span[start..]));
    }

    private void EndTag(ReadOnlySpan<char> source)
    {
        var start = _at + 2;
        var length = source[start..].IndexOfAny("><");
        var name = source.Slice(start, length < 0 ? source.Length - start : length).Trim();
        CutShortIf(length < 0);
        var tag = _at;
        _at = length < 0 ? source.Length : source[start + length] == '>' ? start + length + 1 : start + length;
        if (_open.TryPeek(out var top) && top.IsNamed(name))
        {
            Close(name);
            return;
        }

        var isOpen = IsOpen(name);
        _problems.At(tag, isOpen ? FeedProblemKind.MissingEndTag : FeedProblemKind.StrayEndTag);
        if (isOpen)
        {
            Close(name);
        }
    }

    /// <summary>Closes the innermost element of a name, and with it whatever stands open inside.</summary>
    private void Close(ReadOnlySpan<char> name)
    {
        while (_open.TryPop(out var closed))
        {
            _namespaces.Leave(_open.Count);
            if (closed.IsNamed(name))
            {
                return;
            }
        }
    }

    private bool IsOpen(ReadOnlySpan<char> name)
    {
        foreach (var element in _open)
        {
            if (element.IsNamed(name))
            {
                return true;
            }
        }

        return false;
    }

    private void StartTag()
    {
        _tag.ReadName(_at);
        CloseForgotten(_tag.Name.Span);
        var end = _tag.ReadAttributes(_open.Count + 1);
        _tooDeep = end != XmlTagEnd.CutShort && _open.Count >= _limits.MaxDepth;
        if (end != XmlTagEnd.CutShort && !_tooDeep)
        {
            Open(_tag.Name, _tag.Attributes(), end == XmlTagEnd.ClosesItself);
        }

        _at = _tag.End;
    }

    private void Open(ReadOnlyMemory<char> rawName, XmlAttribute[] attributes, bool selfClosing)
    {
        var scope = _open.TryPeek(out var parent) ? parent.Scope : _outermost;
        foreach (ref readonly var attribute in attributes.AsSpan())
        {
            scope = attribute.Namespace == FeedNamespace.Xml ? Narrow(scope, attribute) : scope;
        }

        var (ns, local) = _namespaces.Resolve(rawName.Span, isAttribute: false, _at);
        var element = new XmlElement(ns, local, rawName, attributes, scope);
        if (parent is null && _root is not null)
        {
            // A second root: feeds cut in the middle and joined. What follows is read as if it stood in the first.
            _problems.At(_at, FeedProblemKind.SecondRoot);
            _root.Append(element);
        }

        parent?.Append(element);
        _root ??= element;
        if (selfClosing)
        {
            _namespaces.Leave(_open.Count);
        }
        else
        {
            _open.Push(element);
        }
    }

    /// <summary>
    /// Closes elements whose end tag is missing where their next sibling shows it: items do not nest, nothing stands in a link, and no
    /// part of an item in its title.
    /// </summary>
    private void CloseForgotten(ReadOnlySpan<char> next)
    {
        if (_open.TryPeek(out var top) && (top.RawName is "link" || (top.RawName is "title" && ItemParts.Contains(next))))
        {
            _problems.At(_at, FeedProblemKind.MissingEndTag);
            Close(top.RawName);
        }

        if (next is "item" && IsOpen("item"))
        {
            _problems.At(_at, FeedProblemKind.MissingEndTag);
            Close("item");
        }
    }

    private static XmlScope Narrow(XmlScope scope, XmlAttribute attribute) => attribute.Name switch
    {
        "base" when FeedUrls.Resolve(scope.Base, attribute.Value) is { Scheme: "http" or "https" } url => scope with { Base = url },
        "lang" => scope with { Language = attribute.Value.Trim().Replace('_', '-') },
        _ => scope,
    };

    private static readonly NameSet ItemParts = new("link description pubDate guid category enclosure item");

    /// <summary>Elements that hold elements only: the white space in them is layout.</summary>
    private static readonly NameSet Structural = new("rss rdf channel item feed entry image source author group items");
}
