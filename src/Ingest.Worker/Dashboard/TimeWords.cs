using System.Globalization;

namespace Ingest.Worker.Dashboard;

/// <summary>Times as people say them.</summary>
internal static class TimeWords
{
    /// <summary>The instant as seen from <paramref name="now"/>: <c>3 min ago</c>, <c>in 2 h</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        if (distance.Duration() < TimeSpan.FromSeconds(1)) return "now";
        return distance > TimeSpan.Zero ? $"{Largest(distance)} ago" : $"in {Largest(-distance)}";
    }

    /// <summary>A length in its one or two largest units: <c>45 s</c>, <c>1 h 30 min</c>.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalHours: >= 1 and < 24, Minutes: > 0 } => Say($"{length.Hours} h {length.Minutes} min"),
        { TotalDays: >= 1, Hours: > 0 } => Say($"{Days(length.Days)} {length.Hours} h"),
        _ => Largest(length),
    };

    private static string Largest(TimeSpan length) => length switch
    {
        { TotalMinutes: < 1 } => Say($"{(int)length.TotalSeconds} s"),
        { TotalHours: < 1 } => Say($"{(int)length.TotalMinutes} min"),
        { TotalDays: < 1 } => Say($"{(int)length.TotalHours} h"),
        { TotalDays: < 365 } => Days((int)length.TotalDays),
        _ => Say($"{length.TotalDays / 365.25:0.#} years"),
    };

    private static string Days(int days) => days == 1 ? "1 day" : Say($"{days} days");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
