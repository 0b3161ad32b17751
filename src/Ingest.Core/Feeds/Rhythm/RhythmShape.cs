namespace Ingest.Core.Feeds.Rhythm;

/// <summary>
/// How entries are distributed over the hours of a day, the days of a week and the minutes of an hour (UTC), as three counts whose product is the shape: a weekly
/// column on Tuesdays at nine is learnt from a handful of entries, where a table of all hours of the week would need a year.
/// </summary>
internal sealed class RhythmShape
{
    public const int Hours = 24;
    public const int Days = 7;
    public const int Fives = 12;
    public const int Size = Hours + Days + Fives;

    /// <summary>Beyond this nobody knows at which hour an entry came.</summary>
    public static readonly TimeSpan WidestWindow = TimeSpan.FromHours(26);

    /// <summary>Entries that each part is thought to have had before anything was seen, and the share of an hour's entries that its neighbours may have had as well.</summary>
    private const float HourPrior = 0.15f;
    private const float DayPrior = 1f;
    private const float FivePrior = 2f;
    private const float Neighbours = 0.25f;

    /// <summary>The share of entries that keep to no hours: whoever expects nothing at night finds out late that today is different.</summary>
    private const double Off = 0.2;

    private static readonly TimeSpan Five = TimeSpan.FromMinutes(5);

    private readonly float[] _counts;
    private readonly float[] _factors = new float[Size];

    /// <param name="counts">Entries by hour, weekday and five minutes.</param>
    /// <param name="from">Since when they were counted: hours and days that have not been seen as often as others say as much less.</param>
    /// <param name="to">Until when.</param>
    public RhythmShape(float[] counts, DateTimeOffset from, DateTimeOffset to)
    {
        _counts = counts;
        var due = Due(from, to);
        Scale(due.AsSpan(0, Hours), Sum(counts, 0, Hours));
        Scale(due.AsSpan(Hours, Days), Sum(counts, Hours, Days));
        for (var hour = 0; hour < Hours; hour++) _factors[hour] = (HourPrior + WithNeighbours(counts, hour)) / (HourPrior + WithNeighbours(due, hour));
        for (var day = Hours; day < Hours + Days; day++) _factors[day] = (DayPrior + counts[day]) / (DayPrior + due[day]);
        for (var five = Hours + Days; five < Size; five++) _factors[five] = FivePrior + counts[five];
        Normalize(_factors.AsSpan(0, Hours));
        Normalize(_factors.AsSpan(Hours, Days));
        Normalize(_factors.AsSpan(Hours + Days, Fives));
    }

    public static RhythmShape Flat { get; } = new(new float[Size], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    public ReadOnlySpan<float> Counts => _counts;

    /// <summary>How long each hour and weekday has been watched.</summary>
    private static float[] Due(DateTimeOffset from, DateTimeOffset to)
    {
        var due = new float[Hours + Days];
        var weeks = (int)((to - from).TotalDays / Days);
        due.AsSpan(0, Hours).Fill(weeks * Days);
        due.AsSpan(Hours).Fill(weeks * Hours);
        for (var at = from.UtcDateTime.AddDays(weeks * Days); at < to.UtcDateTime; at = at.AddHours(1))
        {
            due[at.Hour]++;
            due[Hours + (int)at.DayOfWeek]++;
        }
        return due;
    }

    private static float Sum(float[] counts, int first, int length)
    {
        var sum = 0f;
        foreach (var count in counts.AsSpan(first, length)) sum += count;
        return sum;
    }

    private static float WithNeighbours(float[] counts, int hour) => counts[hour] + (Neighbours * (counts[(hour + 1) % Hours] + counts[(hour + Hours - 1) % Hours]));

    /// <summary>Against the average of all times, which is 1.</summary>
    public double At(DateTimeOffset at) => Off + ((1 - Off) * Raw(at) * _factors[Hours + Days + (at.UtcDateTime.Minute / 5)]);

    /// <summary>The same for the hour as a whole.</summary>
    public double OfHour(DateTimeOffset at) => Off + ((1 - Off) * Raw(at));

    private double Raw(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return (double)_factors[utc.Hour] * _factors[Hours + (int)utc.DayOfWeek];
    }

    /// <summary>What was counted counts less by now; entries that came at some time within the windows are added.</summary>
    public RhythmShape With(double fade, IEnumerable<ArrivalWindow> arrivals, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = Array.ConvertAll(_counts, count => (float)(count * fade));
        foreach (var arrival in arrivals) Add(counts, arrival);
        return new RhythmShape(counts, from, to);
    }

    private static void Add(float[] counts, ArrivalWindow arrival)
    {
        var length = arrival.To - arrival.From;
        if (length > WidestWindow) return;
        var steps = (int)(length / Five) + 1;
        var weight = 1f / steps;
        for (var step = 0; step < steps; step++)
        {
            var at = (arrival.From + (length * ((step + 0.5) / steps))).UtcDateTime;
            if (!arrival.IsDayOnly) counts[at.Hour] += weight;
            counts[Hours + (int)at.DayOfWeek] += weight;
            if (!arrival.IsDayOnly) counts[Hours + Days + (at.Minute / 5)] += weight;
        }
    }

    private static void Normalize(Span<float> part) => Scale(part, part.Length);

    private static void Scale(Span<float> part, float to)
    {
        var sum = 0f;
        foreach (var value in part) sum += value;
        for (var i = 0; i < part.Length && sum > 0; i++) part[i] *= to / sum;
    }
}

/// <summary>When an entry appeared: at an instant, or at some time in between.</summary>
internal readonly record struct ArrivalWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Only the day is known.</summary>
    public bool IsDayOnly { get; init; }

    public DateTimeOffset Middle => From + ((To - From) / 2);
}
