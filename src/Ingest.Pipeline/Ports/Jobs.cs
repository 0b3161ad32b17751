using System.Text.Json.Serialization;

namespace Ingest.Pipeline.Ports;

/// <summary>What a worker can be asked to do. A job carries an id only; what is to be done stands in the database.</summary>
public enum JobKind
{
    RefreshFeed,
    IngestArticle,
}

/// <summary>A reminder to work on one thing. <paramref name="Target"/> is a feed's or an article's id as text. Enqueuing it twice is harmless.</summary>
public readonly record struct Job(JobKind Kind, string Target)
{
    public static Job RefreshFeed(long feedId) => new(JobKind.RefreshFeed, feedId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Job IngestArticle(Guid articleId) => new(JobKind.IngestArticle, articleId.ToString("D"));

    [JsonIgnore]
    public long FeedId => long.Parse(Target, System.Globalization.CultureInfo.InvariantCulture);

    [JsonIgnore]
    public Guid ArticleId => Guid.ParseExact(Target, "D");
}

/// <summary>The job engine, as far as the pipeline knows it: something that will run these jobs soon, at least once, on some worker.</summary>
public interface IJobQueue
{
    Task EnqueueAsync(IReadOnlyCollection<Job> jobs, CancellationToken stop);

    /// <summary>
    /// How many more jobs of a kind may be enqueued here now: as many as run soon. What is claimed beyond that waits behind busy slots while another worker may be idle.
    /// </summary>
    int RoomFor(JobKind kind);

    /// <summary>Waits until there is room enough to be worth a claim.</summary>
    Task WaitForRoomAsync(JobKind kind, CancellationToken stop);
}
