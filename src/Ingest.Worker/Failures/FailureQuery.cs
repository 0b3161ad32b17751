using System.Globalization;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;

namespace Ingest.Worker.Failures;

/// <summary>Reads a filter from the words of a page's address, a form, an API call or a command line: see <see cref="FailureWords"/>.</summary>
internal static class FailureQuery
{
    public static readonly IReadOnlyList<string> Words =
    [
        FailureWords.Id, FailureWords.Job, FailureWords.Target, FailureWords.Host, FailureWords.Feed, FailureWords.Kind, FailureWords.Status, FailureWords.Error,
        FailureWords.Since, FailureWords.Until, FailureWords.Action,
    ];

    /// <summary>More than a person chooses one by one, and still one statement.</summary>
    private const int MostIds = 1_000;

    /// <param name="word">What was said to a word; null or empty where nothing was.</param>
    /// <exception cref="UserErrorException">A word says nothing that can be meant: one line that says which.</exception>
    public static FailureFilter Parse(Func<string, string?> word, DateTimeOffset now) => new()
    {
        Ids = Read(word, FailureWords.Id, Ids),
        Job = Value(word, FailureWords.Job, JobOf),
        Target = Read(word, FailureWords.Target, Text),
        Host = Read(word, FailureWords.Host, Text)?.ToLowerInvariant(),
        FeedId = Value(word, FailureWords.Feed, Number),
        Kind = Value(word, FailureWords.Kind, KindOf),
        Status = Value(word, FailureWords.Status, StatusOf),
        Text = Read(word, FailureWords.Error, Text),
        Since = Value(word, FailureWords.Since, text => When.Parse(text, now)),
        Until = Value(word, FailureWords.Until, text => When.Parse(text, now)),
        Action = Value(word, FailureWords.Action, Number),
    };

    /// <summary>The same for pages, which answer no stranger's nonsense: null.</summary>
    public static FailureFilter? TryParse(Func<string, string?> word, DateTimeOffset now)
    {
        try
        {
            return Parse(word, now);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    public static bool IsEverything(this FailureFilter filter) => !filter.Words().Any();

    /// <summary>How many a second, of <c>10/s</c>, <c>600/m</c> or <c>5000/h</c>; null where nothing is said.</summary>
    public static double? Rate(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var seconds = text.Trim() switch
        {
            [.., '/', 's'] => 1,
            [.., '/', 'm'] => 60,
            [.., '/', 'h'] => 3600,
            _ => 0,
        };
        return seconds > 0 && double.TryParse(text.Trim()[..^2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count is >= 0.01 and <= 1_000_000
            ? count / seconds
            : throw new UserErrorException($"'{text}' is no rate; say how many a second, a minute or an hour: 10/s, 600/m, 5000/h");
    }

    private static T? Read<T>(Func<string, string?> word, string name, Func<string, T> read) where T : class => word(name)?.Trim() is { Length: > 0 } text ? read(text) : null;

    private static T? Value<T>(Func<string, string?> word, string name, Func<string, T> read) where T : struct => word(name)?.Trim() is { Length: > 0 } text ? read(text) : null;

    private static IReadOnlyCollection<long> Ids(string text)
    {
        var ids = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Number).Distinct().ToList();
        return ids.Count is > 0 and <= MostIds ? ids : throw new UserErrorException($"give 1 to {MostIds} ids; for more, a filter");
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new UserErrorException($"'{Shown(text)}' is no id; it is a number");

    private static JobKind JobOf(string text) =>
        Enum.GetValues<JobKind>().Select(kind => (JobKind?)kind).FirstOrDefault(kind => FailureWords.Of(kind!.Value).Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserErrorException($"'{Shown(text)}' is no kind of job; there are feed and article");

    private static FailureKind KindOf(string text) =>
        Enum.GetValues<FailureKind>().Select(kind => (FailureKind?)kind).FirstOrDefault(kind => FailureWords.Of(kind!.Value).Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserErrorException($"'{Shown(text)}' is no kind of failure; there are transient, permanent and poison");

    private static StatusRange StatusOf(string text) =>
        StatusRange.Parse(text) ?? throw new UserErrorException($"'{Shown(text)}' is no HTTP status; give one like 404 or a class like 5xx");

    // Control characters would break the lines of logs and tables.
    private static string Text(string text) => text.Length <= 500 && !text.Any(char.IsControl) ? text : throw new UserErrorException($"'{Shown(text)}' is too long, or no text");

    private static string Shown(string text) => Output.Short(text, 60);
}
