namespace Ingest.Core.Articles;

/// <summary>What a removed piece of a page was. The names on the wire are kebab-case: <c>comment-form</c>, <c>stream-link</c> …</summary>
public enum ResidueKind
{
    CommentForm,
    CommentList,
    StreamLink,
    PhotoCredit,
    Caption,
    StrayCounter,
    EmptyLabel,
    RepeatedHeadline,
    TitleInBody,
    SourceList,
    Byline,
    DatelineLabel,
    ShareBar,
    RelatedLinks,
    ReadMore,
    Newsletter,
    Advertisement,
    TagList,
    AuthorBio,
    Navigation,
    CookieNotice,
    PaywallPrompt,
    Disclaimer,
    SocialEmbed,
    SiteTemplate,
    FeedFooter,
    BlankRun,
    Hidden,
}

/// <summary>The wire names of <see cref="ResidueKind"/>.</summary>
public static class ResidueKinds
{
    private static readonly string[] Names = [.. Enum.GetNames<ResidueKind>().Select(Kebab)];

    /// <summary>The name in the message and in the ledger, such as <c>photo-credit</c>.</summary>
    public static string WireName(this ResidueKind kind) => Names[(int)kind];

    /// <summary>The kind of a wire name; null when there is none of that name.</summary>
    public static ResidueKind? Parse(string wireName) =>
        Array.IndexOf(Names, wireName) is >= 0 and var at ? (ResidueKind)at : null;

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
