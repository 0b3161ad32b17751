namespace Ingest.Core.Feeds.Xml;

/// <summary>A document read as XML, well-formed or not.</summary>
internal sealed record XmlTree(XmlElement? Root, bool Malformed, bool TooDeep);

/// <summary>
/// Reads XML in one pass and mends what is broken: end tags that are missing or stray, bare ampersands and angle brackets, undeclared
/// prefixes, attributes without quotes, an end in the middle. A DTD is skipped and nothing outside the document is ever looked at.
/// </summary>
internal sealed class XmlTreeReader
{
    private readonly ReadOnlyMemory<char> _source;
    private readonly int _maxDepth;
    private readonly Stack<XmlElement> _open = new();
    private readonly XmlNamespaceScope _namespaces = new();
    private readonly List<XmlAttribute> _attributes = [];
    private readonly XmlScope _outermost;
    private XmlElement? _root;
    private int _at;
    private bool _malformed;
    private bool _tooDeep;

    private XmlTreeReader(string source, XmlScope scope, int maxDepth) =>
        (_source, _outermost, _maxDepth) = (source.AsMemory(), scope, maxDepth);

    public static XmlTree Read(string source, XmlScope scope, int maxDepth)
    {
        var reader = new XmlTreeReader(InternalEntities.Expand(source), scope, maxDepth);
        reader.ReadAll();
        return new XmlTree(reader._root, reader._malformed, reader._tooDeep);
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

        _malformed |= _open.Count > 0 || _root is null || _namespaces.WasUndeclared;
    }

    private void Markup(ReadOnlySpan<char> source)
    {
        var rest = source[_at..];
        if (rest.Length > 1 && IsNameStart(rest[1]))
        {
            StartTag(source);
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
            Skip(rest, "?>", 2);
        }
        else if (rest.StartsWith("<!") && rest.Length > 2 && char.IsAsciiLetter(rest[2]))
        {
            Declaration(rest);
        }
        else
        {
            // A bare "<" is text.
            _malformed = true;
            var end = rest[1..].IndexOf('<');
            Text(_at, end < 0 ? source.Length : _at + 1 + end);
            _at = end < 0 ? source.Length : _at + 1 + end;
        }
    }

    private void Skip(ReadOnlySpan<char> rest, string end, int from)
    {
        var length = rest[from..].IndexOf(end);
        _malformed |= length < 0;
        _at += length < 0 ? rest.Length : from + length + end.Length;
    }

    private void CData(ReadOnlySpan<char> rest)
    {
        const int Opening = 9;
        var length = rest[Opening..].IndexOf("]]>");
        _malformed |= length < 0;
        var end = length < 0 ? rest.Length : Opening + length;
        if (_open.TryPeek(out var parent) && end > Opening)
        {
            parent.Append(new XmlText(_source.Slice(_at + Opening, end - Opening), isCData: true));
        }

        _at += Math.Min(rest.Length, end + 3);
    }

    /// <summary>A document type declaration, its internal subset included; quoted strings may hold brackets.</summary>
    private void Declaration(ReadOnlySpan<char> rest)
    {
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

        _malformed = true;
        _at += rest.Length;
    }

    private void Text(int start, int end)
    {
        if (end <= start || !_open.TryPeek(out var parent))
        {
            _malformed |= _root is null && !_source.Span[start..end].Trim("\uFEFF \t\r\n").IsEmpty;
            return;
        }

        var text = _source[start..end];
        if (text.Span.IsWhiteSpace() && Structural.Contains(parent.Name))
        {
            return;
        }

        _malformed = _malformed || !XmlReferences.AreWellFormed(text.Span);
        parent.Append(new XmlText(text, isCData: false));
    }

    private void EndTag(ReadOnlySpan<char> source)
    {
        var start = _at + 2;
        var length = source[start..].IndexOfAny("><");
        var name = source.Slice(start, length < 0 ? source.Length - start : length).Trim();
        _malformed |= length < 0;
        _at = length < 0 ? source.Length : source[start + length] == '>' ? start + length + 1 : start + length;
        if (!IsOpen(name))
        {
            _malformed = true;
            return;
        }

        _malformed |= !_open.Peek().RawName.Equals(name, StringComparison.OrdinalIgnoreCase);
        Close(name);
    }

    /// <summary>Closes the innermost element of a name, and with it whatever stands open inside.</summary>
    private void Close(ReadOnlySpan<char> name)
    {
        while (_open.TryPop(out var closed))
        {
            _namespaces.Leave(_open.Count);
            if (closed.RawName.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }
    }

    private bool IsOpen(ReadOnlySpan<char> name)
    {
        foreach (var element in _open)
        {
            if (element.RawName.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void StartTag(ReadOnlySpan<char> source)
    {
        var nameStart = _at + 1;
        var cursor = nameStart + NameLength(source[nameStart..]);
        var rawName = _source[nameStart..cursor];
        _attributes.Clear();
        var closed = ReadAttributes(source, ref cursor);
        _at = cursor;
        if (closed is null)
        {
            return;
        }

        if (_open.Count >= _maxDepth)
        {
            _tooDeep = true;
            return;
        }

        Open(rawName, selfClosing: closed.Value);
    }

    /// <summary>True when the tag closes itself, false when it opens, null when the document ends within it.</summary>
    private bool? ReadAttributes(ReadOnlySpan<char> source, ref int cursor)
    {
        while (cursor < source.Length)
        {
            var c = source[cursor];
            if (char.IsWhiteSpace(c))
            {
                cursor++;
            }
            else if (c == '>')
            {
                cursor++;
                return false;
            }
            else if (c == '/' && cursor + 1 < source.Length && source[cursor + 1] == '>')
            {
                cursor += 2;
                return true;
            }
            else if (c == '<')
            {
                // The tag was never closed and the next begins.
                _malformed = true;
                return false;
            }
            else if (!ReadAttribute(source, ref cursor))
            {
                _malformed = true;
                cursor++;
            }
        }

        _malformed = true;
        return null;
    }

    private bool ReadAttribute(ReadOnlySpan<char> source, ref int cursor)
    {
        var start = cursor;
        cursor += NameLength(source[cursor..]);
        if (cursor == start)
        {
            return false;
        }

        var name = _source[start..cursor];
        cursor += SpaceLength(source[cursor..]);

        var value = ReadOnlyMemory<char>.Empty;
        if (cursor < source.Length && source[cursor] == '=')
        {
            cursor++;
            value = ReadValue(source, ref cursor);
        }
        else
        {
            _malformed = true;
        }

        Add(name, value);
        return true;
    }

    private ReadOnlyMemory<char> ReadValue(ReadOnlySpan<char> source, ref int cursor)
    {
        cursor += SpaceLength(source[cursor..]);

        if (cursor < source.Length && source[cursor] is '"' or '\'')
        {
            var quote = source[cursor++];
            var length = source[cursor..].IndexOf(quote);
            if (length >= 0)
            {
                var quoted = _source.Slice(cursor, length);
                _malformed = _malformed || !XmlReferences.AreWellFormed(quoted.Span);
                cursor += length + 1;
                return quoted;
            }
        }

        _malformed = true;
        var start = cursor;
        while (cursor < source.Length && source[cursor] is not ('>' or '<') && !char.IsWhiteSpace(source[cursor]))
        {
            cursor++;
        }

        return _source[start..cursor];
    }

    private void Add(ReadOnlyMemory<char> name, ReadOnlyMemory<char> value)
    {
        if (XmlNamespaceScope.IsDeclaration(name.Span))
        {
            _namespaces.Declare(name, value.Span, _open.Count + 1);
            _attributes.Add(new XmlAttribute(FeedNamespace.Xmlns, "", name, value));
            return;
        }

        // The namespace is resolved later: a declaration may follow in the same tag.
        _attributes.Add(new XmlAttribute(FeedNamespace.Other, "", name, value));
    }

    private void Open(ReadOnlyMemory<char> rawName, bool selfClosing)
    {
        CloseForgotten(rawName.Span);
        var scope = _open.TryPeek(out var parent) ? parent.Scope : _outermost;
        var attributes = _attributes.Count == 0 ? [] : new XmlAttribute[_attributes.Count];
        for (var i = 0; i < attributes.Length; i++)
        {
            if (_attributes[i].Namespace == FeedNamespace.Xmlns)
            {
                attributes[i] = _attributes[i];
                continue;
            }

            var (ns, name) = _namespaces.Resolve(_attributes[i].RawName.Span, isAttribute: true);
            attributes[i] = _attributes[i] with { Namespace = ns, Name = name };
            scope = ns == FeedNamespace.Xml ? Narrow(scope, attributes[i]) : scope;
        }

        var (elementNamespace, local) = _namespaces.Resolve(rawName.Span, isAttribute: false);
        var element = new XmlElement(elementNamespace, local, rawName, attributes, scope);
        if (parent is null && _root is not null)
        {
            // A second root: feeds cut in the middle and joined. What follows is read as if it stood in the first.
            _malformed = true;
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
            _malformed = true;
            Close(top.RawName);
        }

        if (next is "item" && IsOpen("item"))
        {
            _malformed = true;
            Close("item");
        }
    }

    private static XmlScope Narrow(XmlScope scope, XmlAttribute attribute) => attribute.Name switch
    {
        "base" when FeedUrls.Resolve(scope.Base, attribute.Value) is { Scheme: "http" or "https" } url => scope with { Base = url },
        "lang" => scope with { Language = attribute.Value.Trim().Replace('_', '-') },
        _ => scope,
    };

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':' || c >= 0x80;

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

    private static readonly NameSet ItemParts = new("link description pubDate guid category enclosure item");

    /// <summary>Elements that hold elements only: the white space in them is layout.</summary>
    private static readonly NameSet Structural = new("rss rdf channel item feed entry image source author group items");
}
