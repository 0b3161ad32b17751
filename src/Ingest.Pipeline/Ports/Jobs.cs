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

/// <summary>A job with the name that a person knows it by: <c>Refresh feed Example News (example.org)</c>.</summary>
public sealed record NamedJob(Job Job, string Name)
{
    public static NamedJob RefreshFeed(DueFeed feed) => Named(Job.RefreshFeed(feed.Id), "Refresh feed", feed.Title, feed.Host);

    public static NamedJob IngestArticle(DueArticle article) => Named(Job.IngestArticle(article.Id), "Ingest article", article.Title, article.Url?.Authority);

    private static NamedJob Named(Job job, string verb, string? title, string? host) => new(job, (title, host) switch
    {
        ({ Length: > 0 }, { }) => $"{verb} {title} ({host})",
        ({ Length: > 0 }, null) => $"{verb} {title}",
        _ => $"{verb} {job.Target}{(host is null ? "" : $" ({host})")}",
    });
}

/// <summary>What became of a job's run.</summary>
public abstract record JobOutcome
{
    private JobOutcome() { }

    /// <summary>Nothing is left to do, whoever did it.</summary>
    public sealed record Done : JobOutcome;

    /// <summary>It is in the failure list. <paramref name="NextAttemptAt"/> is null when nothing more happens by itself.</summary>
    public sealed record Failed(FailureKind Kind, string Why, DateTimeOffset? NextAttemptAt) : JobOutcome;

    /// <summary>It needs a host that another worker has, and is due again then; no attempt was made.</summary>
    public sealed record Deferred(DateTimeOffset Until) : JobOutcome;

    /// <summary>Another worker has it in hand.</summary>
    public sealed record HeldBy(string Worker) : JobOutcome;

    /// <summary>It was broken off by shutdown, or by the end of its lease, and is due at once.</summary>
    public sealed record GivenBack : JobOutcome;
}

/// <summary>The job engine, as far as the pipeline knows it: something that will run these jobs soon, at least once, on some worker.</summary>
public interface IJobQueue
{
    /// <summary>Enqueues jobs whose targets this worker has leased.</summary>
    Task EnqueueAsync(IReadOnlyCollection<NamedJob> jobs, CancellationToken stop);

    /// <summary>A part of a job has failed that is a job of its own from now on: for engines that show failed jobs. When it is tried again, the database says.</summary>
    Task NoteFailureAsync(NamedJob job, JobOutcome.Failed failure, CancellationToken stop);

    /// <summary>
    /// How many more jobs of a kind may be enqueued here now: as many as run soon. What is claimed beyond that waits behind busy slots while another worker may be idle.
    /// </summary>
    int RoomFor(JobKind kind);

    /// <summary>Waits until there is room enough to be worth a claim.</summary>
    Task WaitForRoomAsync(JobKind kind, CancellationToken stop);
}
