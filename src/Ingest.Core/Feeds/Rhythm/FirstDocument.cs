namespace Ingest.Core.Feeds.Rhythm;

/// <summary>What the dates in a feed's first document tell of the time before it.</summary>
internal static class FirstDocument
{
    /// <summary>Where the oldest entries stay in a document for ever, they say nothing of how often new ones come.</summary>
    private const double PinnedShare = 0.1;

    /// <summary>Dates that are all within this time are when the document was made.</summary>
    private static readonly TimeSpan MadeAtOnce = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan WrongClock = TimeSpan.FromMinutes(10);

    /// <summary>Most dates are midnights: only the days are meant.</summary>
    private const double DayOnlyShare = 0.7;

    /// <summary>In order of time; empty when the dates tell nothing.</summary>
    public static IReadOnlyList<ArrivalWindow> Arrivals(Sighting look)
    {
        var dates = look.Dates.OfType<DateTimeOffset>().Where(date => date <= look.At + WrongClock).Select(date => date < look.At ? date : look.At).Order().ToList();
        dates = [.. dates.Skip((int)(dates.Count * PinnedShare))];
        if (dates.Count < 2 || dates[^1] - dates[0] < MadeAtOnce) return [];
        if (dates.Count(IsMidnight) < dates.Count * DayOnlyShare) return [.. dates.Select(date => new ArrivalWindow(date, date))];
        return [.. dates.Select(date => new ArrivalWindow(date, Earlier(date.AddDays(1), look.At)) { IsDayOnly = true })];
    }

    public static bool IsMidnight(DateTimeOffset date) => date.TimeOfDay == TimeSpan.Zero;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
