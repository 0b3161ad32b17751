using Ingest.Core.Feeds.Formats;

namespace Ingest.Core.Feeds;

/// <summary>One entry of a feed. Its <see cref="FeedItem.Link"/> falls back to a guid that is a permalink.</summary>
public sealed record ParsedEntry : FeedItem
{
    public ParsedEntry()
    {
    }

    internal ParsedEntry(EntryBuilder entry) : base(entry)
    {
        Link = entry.Page() ?? entry.PageOfId();
        OriginalLink = entry.OriginalLink;
        SummaryForm = entry.Summary.Value;
        ContentForm = entry.Content.Value;
        ContentSource = entry.ContentSource;
        IdIsLink = entry.IdIsLink;
        Comments = entry.Comments;
        CommentCount = entry.CommentCount;
        CommentApi = entry.CommentApi;
        CommentFeed = entry.CommentFeed;
        Enclosures = entry.Enclosures();
        Media = entry.Media;
        Source = entry.Source;
        Subtitle = entry.Subtitle.Value?.Plain;
        Chapters = entry.Chapters;
        InReplyTo = entry.InReplyTo;
    }

    /// <summary>
    /// What tells the entry from the others of its document, the same at every poll: its id, else its link, else a hash of its texts, whichever no other entry has.
    /// </summary>
    public string Key { get => field ?? Id ?? ""; init; }

    /// <summary>The page's own address where <see cref="FeedItem.Link"/> leads over a counter (FeedBurner); null otherwise.</summary>
    public Uri? OriginalLink { get; init; }

    /// <summary>The entry's page: <see cref="OriginalLink"/>, else <see cref="FeedItem.Link"/>.</summary>
    public Uri? Page => OriginalLink ?? Link;

    /// <summary>A short description, HTML or text.</summary>
    public string? Summary => SummaryForm?.Rich;
    public FeedText? SummaryForm { get; init; }

    /// <summary><see cref="Summary"/> as a person reads it, without markup.</summary>
    public string? SummaryText => SummaryForm?.Plain;

    /// <summary>The full content, HTML or text; null when the feed carries only a summary.</summary>
    public string? Content => ContentForm?.Rich;
    public FeedText? ContentForm { get; init; }

    /// <summary>Where the content is when the feed only points to it.</summary>
    public string? ContentSource { get; init; }

    /// <summary>The id is the entry's address (RSS isPermaLink).</summary>
    public bool IdIsLink { get; init; }

    /// <summary>The page with the entry's comments.</summary>
    public string? Comments { get; init; }

    /// <summary>How many comments there are (slash:comments, thr:total); null when not said.</summary>
    public int? CommentCount { get; init; }

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
