using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ingest.Pipeline;

namespace Ingest.Worker.Dashboard;

/// <summary>What this process has counted since it started, read from the meter that every collector reads.</summary>
internal sealed class WorkerActivity(TimeProvider clock) : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _totals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _removedByKind = new(StringComparer.Ordinal);

    public DateTimeOffset StartedAt { get; private set; }

    public void Start()
    {
        StartedAt = clock.GetUtcNow();
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metrics.MeterName) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    public long Total(string instrument) => _totals.GetValueOrDefault(instrument);

    /// <summary>Removals by kind, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> RemovedByKind() => [.. _removedByKind.OrderByDescending(kind => kind.Value)];

    private void Count(Instrument instrument, long measured, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        _totals.AddOrUpdate(instrument.Name, measured, (_, total) => total + measured);
        if (instrument.Name != Metrics.ResidueRemoved) return;
        foreach (var tag in tags)
            if (tag is { Key: "kind", Value: string kind }) _removedByKind.AddOrUpdate(kind, measured, (_, total) => total + measured);
    }

    public void Dispose() => _listener.Dispose();
}
