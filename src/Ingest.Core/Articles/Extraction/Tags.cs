using System.Collections.Frozen;

namespace Ingest.Core.Articles.Extraction;

/// <summary>What the walk does with an element.</summary>
internal enum TagRole
{
    Container,
    Inline,
    Skipped,
    Break,
    Rule,
    Image,
}

/// <summary>HTML's element names by their role in text.</summary>
internal static class Tags
{
    private static readonly FrozenDictionary<string, TagRole> Roles = Build();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Relations = Set("author tag category license");
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Properties =
        Set("alternativeHeadline author creator datePublished dateModified dateCreated articleSection isAccessibleForFree tag category license");

    /// <summary>Unknown elements without a hyphen are inline, as a browser shows them; custom elements mostly wrap blocks.</summary>
    public static TagRole RoleOf(string tag) =>
        Roles.TryGetValue(tag, out var role) ? role : tag.Contains('-', StringComparison.Ordinal) ? TagRole.Container : TagRole.Inline;

    /// <summary>The name itself, where metadata is read from it; null elsewhere.</summary>
    public static string? MetadataProperty(ReadOnlySpan<char> name) => Properties.TryGetValue(name, out var known) ? known : null;

    /// <inheritdoc cref="MetadataProperty"/>
    public static string? MetadataRelation(ReadOnlySpan<char> name) => Relations.TryGetValue(name, out var known) ? known : null;

    private static FrozenDictionary<string, TagRole> Build()
    {
        var roles = new Dictionary<string, TagRole>();
        void Add(TagRole role, string names)
        {
            foreach (var name in names.Split(' '))
                roles[name] = role;
        }
        Add(TagRole.Container, "body div section article main aside header footer nav p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th");
        Add(TagRole.Container, "figure figcaption form fieldset legend details summary address center dir menu hgroup search picture video audio");
        Add(TagRole.Skipped, "script style noscript template svg iframe object embed canvas select option optgroup textarea input button rt rp map area head title link meta base frame frameset noframes progress meter datalist param source track");
        Add(TagRole.Break, "br");
        Add(TagRole.Rule, "hr");
        Add(TagRole.Image, "img amp-img");
        return roles.ToFrozenDictionary();
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
