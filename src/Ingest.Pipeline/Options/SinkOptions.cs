namespace Ingest.Pipeline.Options;

/// <summary>What every kind of sink has (sections <c>Sinks:KIND:NAME</c>).</summary>
public abstract class SinkOptions
{
    /// <summary>
    /// Where a sink begins when it is configured for the first time: <c>now</c>, <c>beginning</c> (as far back as the outbox is kept) or an instant such as
    /// <c>2026-11-01T12:00Z</c>. Default now. Later starts go on where the sink was.
    /// </summary>
    public string StartFrom { get; set; } = SinkStart.Now;

    /// <summary>Which articles the sink is for. Default all.</summary>
    public SinkFilterOptions Filter { get; set; } = new();

    /// <summary>What attributes cannot say: one line for each bad value, which begins with its key.</summary>
    public virtual IEnumerable<string> Errors()
    {
        if (!SinkStart.TryParse(StartFrom, out _)) yield return $"StartFrom: '{StartFrom}' is neither now, nor beginning, nor an instant like 2026-11-01T12:00Z";
    }
}

/// <summary>Which articles a sink is for; every list that is not empty must fit.</summary>
public sealed class SinkFilterOptions
{
    /// <summary>Language tags; <c>en</c> takes in <c>en-GB</c>. Default any, unknown ones too.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>Addresses of feeds, as <c>ingest feeds list</c> shows them. Default any.</summary>
    public IList<string> Feeds { get; } = [];

    /// <summary>Tags, of which an article has at least one. Default any.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Default every article; <c>FirstOnly</c> leaves out those that repeat a story that was delivered before.</summary>
    public StoryPolicy Stories { get; set; } = StoryPolicy.Every;
}

public enum StoryPolicy
{
    Every,
    FirstOnly,
}
