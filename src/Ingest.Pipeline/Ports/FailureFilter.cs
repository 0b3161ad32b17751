using System.Globalization;

namespace Ingest.Pipeline.Ports;

/// <summary>Which failures are meant; a null field does not narrow the choice.</summary>
public sealed record FailureFilter
{
    public IReadOnlyCollection<long>? Ids { get; init; }
    public JobKind? Job { get; init; }

    /// <summary>A feed's or an article's id, as jobs carry it.</summary>
    public string? Target { get; init; }

    /// <summary>Name, and port unless it is the scheme's own.</summary>
    public string? Host { get; init; }
    public long? FeedId { get; init; }
    public FailureKind? Kind { get; init; }
    public StatusRange? Status { get; init; }

    /// <summary>The error contains it; the case of the letters A to Z does not matter.</summary>
    public string? Text { get; init; }

    /// <summary>Last failed at or after this instant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Last failed before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Of those that an action chose last, the ones that are still in the list.</summary>
    public long? Action { get; init; }

    /// <summary>Only what comes after this row of the list.</summary>
    public FailurePlace? After { get; init; }

    /// <summary>At most this many, the latest first.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>The same choice in the words that the page's address, the API and the command line's options have for it; none for everything.</summary>
    public IEnumerable<KeyValuePair<string, string>> Words()
    {
        foreach (var id in Ids ?? []) yield return new(FailureWords.Id, Number(id));
        if (Job is { } job) yield return new(FailureWords.Job, FailureWords.Of(job));
        if (Target is { } target) yield return new(FailureWords.Target, target);
        if (Host is { } host) yield return new(FailureWords.Host, host);
        if (FeedId is { } feed) yield return new(FailureWords.Feed, Number(feed));
        if (Kind is { } kind) yield return new(FailureWords.Kind, FailureWords.Of(kind));
        if (Status is { } status) yield return new(FailureWords.Status, status.ToString());
        if (Text is { } text) yield return new(FailureWords.Error, text);
        if (Since is { } since) yield return new(FailureWords.Since, Instant(since));
        if (Until is { } until) yield return new(FailureWords.Until, Instant(until));
        if (Action is { } action) yield return new(FailureWords.Action, Number(action));
    }

    /// <summary>The words in one line, of bounded length: a selection of many names its first.</summary>
    public string InWords()
    {
        const int MostIds = 10;
        var words = (this with { Ids = null }).Words().Select(word => $"{word.Key}={word.Value}").ToList();
        if (Ids is { } ids)
            words.Insert(0, $"{FailureWords.Id}={string.Join(',', ids.Take(MostIds).Select(Number))}{(ids.Count > MostIds ? $" and {Number(ids.Count - MostIds)} more" : "")}");
        return words.Count == 0 ? "everything" : string.Join(' ', words);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The names of the filter's fields, and of what a person writes into them.</summary>
public static class FailureWords
{
    public const string Id = "id";
    public const string Job = "job";
    public const string Target = "target";
    public const string Host = "host";
    public const string Feed = "feed";
    public const string Kind = "kind";
    public const string Status = "status";
    public const string Error = "error";
    public const string Since = "since";
    public const string Until = "until";
    public const string Action = "action";

    public static string Of(JobKind job) => job is JobKind.RefreshFeed ? "feed" : "article";

    public static string Of(FailureKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>HTTP statuses: one (<c>404</c>) or a class (<c>5xx</c>).</summary>
public readonly record struct StatusRange(int First, int Last)
{
    /// <summary>Null when the text is neither.</summary>
    public static StatusRange? Parse(string text)
    {
        if (text.Length != 3 || text[0] is < '1' or > '9') return null;
        if (text.EndsWith("xx", StringComparison.OrdinalIgnoreCase)) return new((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? new(status, status) : null;
    }

    public override string ToString() => First == Last ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{First / 100}xx");
}

/// <summary>A row's place in the list, which is ordered by the time of the last failure.</summary>
public readonly record struct FailurePlace(DateTimeOffset LastAt, long Id)
{
    /// <summary>Null when the text is no place.</summary>
    public static FailurePlace? Parse(string? text) =>
        text?.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), number)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LastAt.UtcTicks}-{Id}");
}
