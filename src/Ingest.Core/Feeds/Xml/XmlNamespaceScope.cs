namespace Ingest.Core.Feeds.Xml;

/// <summary>The namespaces that are declared where the reader stands.</summary>
internal sealed class XmlNamespaceScope(ProblemLog problems)
{
    /// <summary>More than any feed declares; each name is looked up among them.</summary>
    private const int MostDeclarations = 256;

    private readonly List<(ReadOnlyMemory<char> Prefix, FeedNamespace Namespace, int Depth)> _declared = [];

    public static bool IsDeclaration(ReadOnlySpan<char> attribute) =>
        attribute.StartsWith("xmlns") && (attribute.Length == 5 || attribute[5] == ':');

    /// <summary>Takes the declaration of an attribute for the element at a depth; the root's is 1.</summary>
    public void Declare(ReadOnlyMemory<char> attribute, ReadOnlySpan<char> name, int depth)
    {
        if (_declared.Count == MostDeclarations)
        {
            return;
        }

        var isDefault = attribute.Length == 5;
        var declared = FeedNamespaces.Declared(name);
        // A root without a prefix is in the format's own namespace, whatever it calls it.
        // And a prefix that feeds use for one vocabulary means that one, by whatever address.
        declared = declared != FeedNamespace.Other ? declared
            : isDefault ? (depth == 1 ? FeedNamespace.Core : declared)
            : FeedNamespaces.Habitual(attribute.Span[6..]);
        _declared.Add((isDefault ? ReadOnlyMemory<char>.Empty : attribute[6..], declared, depth));
    }

    /// <summary>Forgets what was declared below a depth.</summary>
    public void Leave(int depth)
    {
        while (_declared.Count > 0 && _declared[^1].Depth > depth)
        {
            _declared.RemoveAt(_declared.Count - 1);
        }
    }

    /// <summary>The vocabulary and the local name of a name that stands at an offset. An attribute without a prefix is in no namespace.</summary>
    public (FeedNamespace Namespace, string Local) Resolve(ReadOnlySpan<char> name, bool isAttribute, int offset)
    {
        var colon = name.IndexOf(':');
        var prefix = colon > 0 ? name[..colon] : [];
        var local = FeedNames.Intern(name[(colon + 1)..]);
        return prefix.IsEmpty && isAttribute ? (FeedNamespace.Core, local) : (Find(prefix, offset), local);
    }

    private FeedNamespace Find(ReadOnlySpan<char> prefix, int offset)
    {
        for (var i = _declared.Count - 1; i >= 0; i--)
        {
            if (_declared[i].Prefix.Length == prefix.Length && _declared[i].Prefix.Span.SequenceEqual(prefix))
            {
                return _declared[i].Namespace;
            }
        }

        if (prefix.IsEmpty || prefix is "xml")
        {
            return prefix.IsEmpty ? FeedNamespace.Core : FeedNamespace.Xml;
        }

        problems.At(offset, FeedProblemKind.UndeclaredPrefix);
        return FeedNamespaces.Habitual(prefix);
    }
}
