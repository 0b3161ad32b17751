namespace Ingest.Core.Feeds.Xml;

/// <summary>A node of the tree that <see cref="XmlTreeReader"/> builds. Text stays a slice of the source until it is asked for.</summary>
internal abstract class XmlNode
{
    public XmlNode? Next { get; set; }
}

/// <summary>A run of text: a CDATA section is taken as it stands, other text holds references.</summary>
internal sealed class XmlText(ReadOnlyMemory<char> raw, bool isCData) : XmlNode
{
    public ReadOnlySpan<char> Raw => raw.Span;
    public bool IsCData => isCData;

    public string Decoded() => isCData ? raw.ToString() : XmlReferences.Decode(raw.Span);

    /// <summary>The text without the white space around it.</summary>
    public string Trimmed() => isCData ? raw.Span.Trim().ToString() : XmlReferences.Decode(raw.Span.Trim());
}

/// <summary>An attribute; its value still holds references.</summary>
internal readonly record struct XmlAttribute(FeedNamespace Namespace, string Name, ReadOnlyMemory<char> RawName, ReadOnlyMemory<char> RawValue)
{
    public string Value => XmlReferences.Decode(RawValue.Span);
}

/// <summary>What elements inherit: the base address and the language in force.</summary>
internal sealed record XmlScope(Uri? Base, string? Language);

/// <summary>An element. <see cref="Name"/> is its local name in lower case, because feeds differ in case and no two names only in that.</summary>
internal sealed class XmlElement(FeedNamespace ns, string name, ReadOnlyMemory<char> rawName, XmlAttribute[] attributes, XmlScope scope) : XmlNode
{
    private XmlNode? _last;

    public FeedNamespace Namespace => ns;
    public string Name => name;

    /// <summary>The name as written, prefix included.</summary>
    public ReadOnlySpan<char> RawName => rawName.Span;

    public bool IsNamed(ReadOnlySpan<char> written) => rawName.Span.SequenceEqual(written) || rawName.Span.Equals(written, StringComparison.OrdinalIgnoreCase);

    public ReadOnlySpan<XmlAttribute> Attributes => attributes;
    public XmlScope Scope => scope;
    public XmlNode? First { get; private set; }
    public bool HasElements { get; private set; }

    public XmlElementChildren Elements => new(First);

    public void Append(XmlNode child)
    {
        HasElements |= child is XmlElement;
        if (_last is null)
        {
            First = child;
        }
        else
        {
            _last.Next = child;
        }

        _last = child;
    }

    /// <summary>The value of an attribute without a namespace, trimmed; null when absent or empty.</summary>
    public string? this[string attribute] => Attribute(FeedNamespace.Core, attribute);

    /// <summary>The value of an attribute, trimmed; null when absent or empty.</summary>
    public string? Attribute(FeedNamespace attributeNamespace, string attribute)
    {
        foreach (var candidate in attributes)
        {
            if (candidate.Namespace == attributeNamespace && candidate.Name == attribute)
            {
                return candidate.Value.Trim() is { Length: > 0 } value ? value : null;
            }
        }

        return null;
    }

    /// <summary>Whether the element declares a namespace whose name holds the given words.</summary>
    public bool Declares(string part)
    {
        foreach (var candidate in attributes)
        {
            if (candidate.Namespace == FeedNamespace.Xmlns && candidate.RawValue.Span.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first child element of a name, whatever its namespace; null when absent.</summary>
    public XmlElement? Child(string childName)
    {
        foreach (var child in Elements)
        {
            if (child.Name == childName)
            {
                return child;
            }
        }

        return null;
    }
}

/// <summary>The child elements of an element.</summary>
internal readonly struct XmlElementChildren(XmlNode? first)
{
    public Enumerator GetEnumerator() => new(first);

    public struct Enumerator(XmlNode? next)
    {
        private XmlNode? _next = next;

        public XmlElement Current { get; private set; } = null!;

        public bool MoveNext()
        {
            while (_next is { } node)
            {
                _next = node.Next;
                if (node is XmlElement element)
                {
                    Current = element;
                    return true;
                }
            }

            return false;
        }
    }
}
