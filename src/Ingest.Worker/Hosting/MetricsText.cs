using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;

namespace Ingest.Worker.Hosting;

/// <summary>
/// This process's meter, and what waits in the database for any worker, in Prometheus' text format (version 0.0.4). Its own, for the exporter's package is
/// not on every registry.
/// </summary>
internal sealed class MetricsText : IDisposable
{
    public const string Path = "/metrics";

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), double> _values = new();
    private readonly MeterListener _listener = new();
    private readonly ICatalog _catalog;
    private readonly TimeProvider _clock;

    /// <param name="metrics">The counters; taken so that they exist before they are listened to.</param>
    public MetricsText(Metrics metrics, ICatalog catalog, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        (_catalog, _clock) = (catalog, clock);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metrics.MeterName) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public async Task<IResult> ServeAsync(CancellationToken stop)
    {
        var text = new StringBuilder();
        foreach (var family in _values.ToArray().GroupBy(series => series.Key.Instrument).OrderBy(family => family.Key.Name, StringComparer.Ordinal))
        {
            var isCounter = IsCounter(family.Key);
            Family(text, NameOf(family.Key, isCounter), isCounter ? "counter" : "gauge", family.Key.Description, family.Select(series => (series.Key.Labels, series.Value)));
        }
        if (await BacklogAsync(stop) is { } backlog)
        {
            Family(text, "ingest_backlog", "gauge", "What waits in the database for any worker, or is in its hands, by kind",
                [("{kind=\"feeds\"}", backlog.Feeds), ("{kind=\"articles\"}", backlog.Articles), ("{kind=\"messages\"}", backlog.Messages)]);
        }
        return Results.Text(text.ToString(), "text/plain; version=0.0.4; charset=utf-8");
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = (instrument, LabelsOf(tags));
        if (IsCounter(instrument)) _values.AddOrUpdate(series, value, (_, sum) => sum + value);
        else _values[series] = value;
    }

    // The counters are worth more than nothing while the database is away.
    private async Task<Backlog?> BacklogAsync(CancellationToken stop)
    {
        try
        {
            return await _catalog.BacklogAsync(_clock.GetUtcNow(), stop);
        }
        catch (Exception error) when (StorageFault.Explain(error) is not null)
        {
            return null;
        }
    }

    private static bool IsCounter(Instrument instrument) => instrument is Counter<long>;

    private static string NameOf(Instrument instrument, bool isCounter) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (isCounter ? "_total" : "");

    private static void Family(StringBuilder text, string name, string type, string? help, IEnumerable<(string Labels, double Value)> series)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (labels, value) in series.OrderBy(one => one.Labels, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags) labels.Add($"{name}=\"{Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
        return labels.Count == 0 ? "" : $"{{{string.Join(',', labels)}}}";
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
