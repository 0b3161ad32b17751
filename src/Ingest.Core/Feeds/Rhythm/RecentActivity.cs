namespace Ingest.Core.Feeds.Rhythm;

/// <summary>How many entries came lately, and how many were to be expected; both are forgotten with time.</summary>
internal readonly record struct RecentActivity(double Seen, double Due)
{
    /// <summary>After so many memories nothing is left.</summary>
    public const double Forgotten = 5;

    private const int StepsOfMemory = 12;

    /// <summary>How much more than usual is going on; 1 when nothing is known.</summary>
    /// <param name="prior">Expected entries that speak for the usual.</param>
    public double Factor(double prior) => (prior + Seen) / (prior + Due);

    /// <summary>After a time in which nothing was seen, and something was due by the day's rate that is given for each instant.</summary>
    public RecentActivity Later(DateTimeOffset from, DateTimeOffset to, TimeSpan memory, Func<DateTimeOffset, double> perDay)
    {
        var fade = Math.Exp(-Math.Max(0, (to - from) / memory));
        var (step, due) = (memory / StepsOfMemory, Due * fade);
        for (var at = from > to - (memory * Forgotten) ? from : to - (memory * Forgotten); at < to; at += step)
        {
            var length = to - at < step ? to - at : step;
            var middle = at + (length / 2);
            due += perDay(middle) * length.TotalDays * Math.Exp(-((to - middle) / memory));
        }
        return new RecentActivity(Seen * fade, due);
    }

    public RecentActivity Plus(DateTimeOffset now, TimeSpan memory, IEnumerable<ArrivalWindow> arrivals) =>
        this with { Seen = Seen + arrivals.Sum(arrival => Math.Exp(-((now - arrival.Middle) / memory))) };
}
