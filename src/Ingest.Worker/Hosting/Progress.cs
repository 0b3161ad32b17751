using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ingest.Pipeline;

namespace Ingest.Worker.Hosting;

/// <summary>What this process has done since it started, read from the same counters that a collector would read.</summary>
internal sealed class Progress : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _removed = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private long _polled;
    private long _cleaned;
    private long _delivered;
    private long _failed;

    /// <param name="metrics">The counters; taken so that they exist before they are listened to.</param>
    public Progress(Metrics metrics, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        StartedAt = clock.GetUtcNow();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metrics.MeterName) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    public DateTimeOffset StartedAt { get; }

    public ProgressSnapshot Snapshot() => new(
        Interlocked.Read(ref _polled), Interlocked.Read(ref _cleaned), Interlocked.Read(ref _delivered), Interlocked.Read(ref _failed),
        // ToArray is one moment of the dictionary; LINQ over it would count and copy at two.
        [.. _removed.ToArray().OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal)]);

    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        switch (instrument.Name)
        {
            case Metrics.FeedsPolled: Interlocked.Add(ref _polled, measurement); break;
            case Metrics.ArticlesCleaned: Interlocked.Add(ref _cleaned, measurement); break;
            case Metrics.ArticlesDelivered: Interlocked.Add(ref _delivered, measurement); break;
            case Metrics.JobsFailed: Interlocked.Add(ref _failed, measurement); break;
            case Metrics.ResidueRemoved: _removed.AddOrUpdate((string)tags[0].Value!, measurement, (_, sum) => sum + measurement); break;
        }
    }
}

/// <summary>The counts at one moment; residue by kind, the most frequent first.</summary>
internal sealed record ProgressSnapshot(long Polled, long Cleaned, long Delivered, long Failed, IReadOnlyList<KeyValuePair<string, long>> Removed)
{
    public long RemovedInAll => Removed.Sum(kind => kind.Value);
}
