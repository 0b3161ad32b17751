namespace Ingest.Newsroom.Designs;

/// <summary>How a site names its classes.</summary>
internal enum ClassStyle
{
    /// <summary>The names of the best-known blog software's themes.</summary>
    Blog,

    /// <summary>block__element--modifier.</summary>
    Bem,

    /// <summary>CSS modules: the name and a hash.</summary>
    Hashed,

    /// <summary>Names only their author understands.</summary>
    Terse,
}

/// <summary>Class names for residue whose markup tells what it is.</summary>
internal static class ClassNames
{
    private static readonly Dictionary<string, (string Blog, string Word)> Names = new(StringComparer.Ordinal)
    {
        ["comment-form"] = ("comment-respond", "comment-form"),
        ["comment-list"] = ("comments-area", "comments"),
        ["stream-link"] = ("audio-player", "player"),
        ["photo-credit"] = ("image-credit", "credit"),
        ["caption"] = ("wp-caption-text", "caption"),
        ["stray-counter"] = ("post-views-count", "counter"),
        ["empty-label"] = ("post-meta", "meta-label"),
        ["repeated-headline"] = ("post-navigation-title", "headline"),
        ["title-in-body"] = ("entry-title", "title"),
        ["source-list"] = ("post-sources", "sources"),
        ["byline"] = ("entry-author", "byline"),
        ["dateline-label"] = ("posted-on", "date"),
        ["share-bar"] = ("sharedaddy sd-sharing", "share"),
        ["related-links"] = ("related-posts", "related"),
        ["read-more"] = ("more-link", "read-more"),
        ["newsletter"] = ("newsletter-signup", "newsletter"),
        ["advertisement"] = ("ad-container", "advert"),
        ["tag-list"] = ("tags-links", "tags"),
        ["author-bio"] = ("author-box", "author-bio"),
        ["navigation"] = ("main-navigation", "nav"),
        ["cookie-notice"] = ("cookie-notice", "consent"),
        ["paywall-prompt"] = ("paywall", "regwall"),
        ["disclaimer"] = ("post-disclaimer", "disclaimer"),
        ["social-embed"] = ("embed-social", "social-embed"),
        ["site-template"] = ("site-info", "footer-note"),
        ["feed-footer"] = ("rss-footer", "syndication"),
    };

    public static string For(string kind, ClassStyle style)
    {
        var (blog, word) = Names[kind];
        return style switch
        {
            ClassStyle.Blog => blog,
            ClassStyle.Bem => $"c-{word} article__{word}",
            ClassStyle.Hashed => $"{Pascal(word)}_root__{(uint)Dice.StableHash(word) % 0xFFFFF:x5}",
            _ => word[..Math.Min(4, word.Length)],
        };
    }

    private static string Pascal(string word) =>
        string.Concat(word.Split('-').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"));
}
