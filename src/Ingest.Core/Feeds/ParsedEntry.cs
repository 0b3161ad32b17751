using Ingest.Core.Feeds.Markup;

namespace Ingest.Core.Feeds;

/// <summary>One entry of a feed. Its <see cref="FeedItem.Link"/> falls back to a guid that is a permalink.</summary>
public sealed record ParsedEntry : FeedItem
{
    /// <summary>A short description, HTML or text.</summary>
    public string? Summary { get; init; }
    public TextForm? SummaryForm { get; init; }

    /// <summary><see cref="Summary"/> as a person reads it, without markup.</summary>
    public string? SummaryText => SummaryForm?.Html is { } html ? HtmlFragment.ToText(html) : Summary;

    /// <summary>The full content, HTML or text; null when the feed carries only a summary.</summary>
    public string? Content { get; init; }
    public TextForm? ContentForm { get; init; }

    /// <summary>Where the content is when the feed only points to it.</summary>
    public string? ContentSource { get; init; }

    /// <summary>The id is the entry's address (RSS isPermaLink).</summary>
    public bool IdIsLink { get; init; }

    /// <summary>The page with the entry's comments.</summary>
    public string? Comments { get; init; }

    /// <summary>Where comments are posted to, and the feed of them (the CommentAPI module).</summary>
    public string? CommentApi { get; init; }
    public string? CommentFeed { get; init; }

    /// <summary>Files that belong to the entry, each once.</summary>
    public IReadOnlyList<FeedEnclosure> Enclosures { get; init; } = [];
    public FeedMedia Media { get; init; } = FeedMedia.None;

    /// <summary>The feed that the entry was taken from.</summary>
    public FeedDetails? Source { get; init; }

    /// <summary>A podcast's second title.</summary>
    public string? Subtitle { get; init; }
    public IReadOnlyList<FeedChapter> Chapters { get; init; } = [];
    public FeedReply? InReplyTo { get; init; }
}
