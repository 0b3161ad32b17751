using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Rhythm;

namespace Ingest.Benchmarks.Schedule;

/// <summary>Decides for one feed when it is polled next.</summary>
internal interface IPollPolicy
{
    /// <param name="now">Minutes of the simulation.</param>
    /// <param name="fresh">What the poll brought that was not there before, on the first poll the whole document.</param>
    /// <param name="shown">Entries of the document.</param>
    /// <returns>The minute of the next poll.</returns>
    double Next(double now, ReadOnlySpan<Item> fresh, int shown);
}

internal sealed class FixedPolicy(double interval) : IPollPolicy
{
    public double Next(double now, ReadOnlySpan<Item> fresh, int shown) => now + interval;
}

/// <summary>As many polls a week as entries came in the last one, by their dates, within 5 and 1440 min.</summary>
internal sealed class WeeklyFrequencyPolicy : IPollPolicy
{
    private const double Week = 7 * PublisherWorld.Day;

    private readonly List<double> _dates = [];

    public double Next(double now, ReadOnlySpan<Item> fresh, int shown)
    {
        foreach (var item in fresh) _dates.Add(double.IsNaN(item.Date) ? now : item.Date);
        _dates.RemoveAll(date => date < now - Week);
        return now + Math.Clamp(_dates.Count == 0 ? double.MaxValue : Week / _dates.Count, 5, 1440);
    }
}

/// <summary>Ours.</summary>
internal sealed class RhythmPolicy(TimeSpan waiting, double? advisedMinutes) : IPollPolicy
{
    private readonly PollBounds _bounds = new(waiting, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30));
    private readonly FeedSchedule _said = new(Ttl: advisedMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);

    private PublishingRhythm? _rhythm;
    private double _last;

    public double Next(double now, ReadOnlySpan<Item> fresh, int shown)
    {
        if (_rhythm is null || fresh.Length > 0)
        {
            var dates = new DateTimeOffset?[fresh.Length];
            for (var i = 0; i < dates.Length; i++) dates[i] = double.IsNaN(fresh[i].Date) ? null : At(fresh[i].Date);
            var look = new Sighting(At(now), _rhythm is null ? null : At(_last), dates, shown);
            _rhythm = _rhythm is null ? PublishingRhythm.Begin(look) with { Said = _said } : _rhythm.After(look);
        }
        _last = now;
        return (_rhythm.Next(At(now), _bounds) - PublisherWorld.Begin).TotalMinutes;
    }

    private static DateTimeOffset At(double minute) => PublisherWorld.Begin.AddMinutes(minute);
}
