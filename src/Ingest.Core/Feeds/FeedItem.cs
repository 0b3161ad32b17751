using Ingest.Core.Feeds.Formats;

namespace Ingest.Core.Feeds;

/// <summary>What a feed and its entries have in common.</summary>
public abstract record FeedItem
{
    private protected FeedItem()
    {
    }

    private protected FeedItem(ItemBuilder item)
    {
        Id = item.Id.Value;
        Title = item.TitleText();
        TitleForm = item.Title.Value;
        Links = item.Links;
        Published = item.Published.Value;
        Updated = item.Updated.Value;
        Created = item.Created.Value;
        Expired = item.Expired.Value;
        Authors = item.Authors;
        Contributors = item.Contributors;
        Publisher = item.Publisher.Value;
        Categories = item.Categories;
        RightsForm = item.Rights.Value;
        License = item.License.Value;
        Language = item.Language.Value;
        Image = item.Image.Value;
        Podcast = item.Podcast;
        Place = item.Place;
    }

    /// <summary>atom:id, guid, rdf:about or JSON id; null when the feed gives none.</summary>
    public string? Id { get; init; }

    /// <summary>The page that this is about, absolute.</summary>
    public Uri? Link { get; init; }

    /// <summary>The title as text, without markup.</summary>
    public string? Title { get; init; }

    /// <summary>The title as the feed gives it.</summary>
    public FeedText? TitleForm { get; init; }

    /// <summary>Every link, in document order.</summary>
    public IReadOnlyList<FeedLink> Links { get; init; } = [];
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public DateTimeOffset? Created { get; init; }
    public DateTimeOffset? Expired { get; init; }
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];
    public IReadOnlyList<FeedPerson> Contributors { get; init; } = [];
    public FeedPerson? Publisher { get; init; }
    public IReadOnlyList<FeedCategory> Categories { get; init; } = [];
    public string? Rights => RightsForm?.Plain;
    public FeedText? RightsForm { get; init; }

    /// <summary>The address of a license.</summary>
    public string? License { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }
    public FeedImage? Image { get; init; }
    public FeedPodcast? Podcast { get; init; }
    public FeedPlace? Place { get; init; }
}

/// <summary>A feed without its entries: what is known of the feed at hand, or of the one that an entry was taken from.</summary>
public record FeedDetails : FeedItem
{
    public FeedDetails()
    {
    }

    internal FeedDetails(FeedBuilder feed) : base(feed)
    {
        Link = feed.Page();
        DescriptionForm = feed.Description.Value;
        Generator = feed.Generator.Value;
        Docs = feed.Docs;
        Ttl = feed.Ttl;
        Icon = feed.Icon;
        Logo = feed.Logo;
        Cloud = feed.Cloud;
        TextInput = feed.TextInput;
        NewLocation = feed.NewLocation;
    }

    /// <summary>What the feed is about, HTML or text.</summary>
    public string? Description => DescriptionForm?.Rich;
    public FeedText? DescriptionForm { get; init; }
    public FeedGenerator? Generator { get; init; }

    /// <summary>The address of the format's description.</summary>
    public string? Docs { get; init; }

    /// <summary>Minutes that a copy may be kept (RSS ttl), as given.</summary>
    public string? Ttl { get; init; }
    public string? Icon { get; init; }
    public string? Logo { get; init; }
    public FeedCloud? Cloud { get; init; }
    public FeedTextInput? TextInput { get; init; }

    /// <summary>Where the feed has moved to (itunes:new-feed-url, newLocation).</summary>
    public string? NewLocation { get; init; }
}
