namespace Ingest.Newsroom.Residue;

/// <summary>The vocabulary, and where on a page each kind is found.</summary>
internal static class ResidueKinds
{
    public const string RepeatedHeadline = "repeated-headline";
    public const string TitleInBody = "title-in-body";
    public const string PhotoCredit = "photo-credit";
    public const string SourceList = "source-list";
    public const string DatelineLabel = "dateline-label";
    public const string SiteTemplate = "site-template";
    public const string Hidden = "hidden";

    /// <summary>Kinds that stand among an article's own paragraphs, with their places.</summary>
    public static IReadOnlyList<(string Kind, BodyPlace Place)> InBody { get; } =
    [
        ("comment-form", BodyPlace.End),
        ("comment-list", BodyPlace.End),
        ("stream-link", BodyPlace.End),
        (PhotoCredit, BodyPlace.Anywhere),
        ("caption", BodyPlace.Anywhere),
        ("stray-counter", BodyPlace.Edge),
        ("empty-label", BodyPlace.Edge),
        (RepeatedHeadline, BodyPlace.End),
        (TitleInBody, BodyPlace.Start),
        (SourceList, BodyPlace.End),
        ("byline", BodyPlace.Edge),
        (DatelineLabel, BodyPlace.Start),
        ("share-bar", BodyPlace.Edge),
        ("related-links", BodyPlace.Anywhere),
        ("read-more", BodyPlace.Anywhere),
        ("newsletter", BodyPlace.Anywhere),
        ("advertisement", BodyPlace.Anywhere),
        ("tag-list", BodyPlace.End),
        ("author-bio", BodyPlace.End),
        ("navigation", BodyPlace.Edge),
        ("cookie-notice", BodyPlace.Anywhere),
        ("paywall-prompt", BodyPlace.Anywhere),
        ("disclaimer", BodyPlace.End),
        ("social-embed", BodyPlace.Anywhere),
        (SiteTemplate, BodyPlace.End),
        ("feed-footer", BodyPlace.End),
        (Hidden, BodyPlace.Anywhere),
    ];

    /// <summary>Furniture of a kind that has lines in an order of its own, such as a headline, its excerpt and its age for each teaser.</summary>
    public static IReadOnlyList<string> Shapes { get; } =
    [
        "author-bio.company", "byline.card", "dateline-label.pair", "disclaimer.report-error", "navigation.breadcrumb", "newsletter.follow",
        "related-links.most-read", "related-links.teasers", "stream-link.read-aloud", "tag-list.follow",
    ];

    /// <summary>The kind of a shape; a kind's own name is its plain shape.</summary>
    public static string Of(string shape) => shape.Split('.')[0];
}

/// <summary>Where in a body a piece of residue is put.</summary>
internal enum BodyPlace
{
    Start,
    Anywhere,
    End,
    Edge,
}
