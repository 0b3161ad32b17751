using System.Diagnostics.Metrics;
using Ingest.Core.Articles;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>The counters of the meter <c>Ingest</c>. The live view, the pages and any collector read the same ones.</summary>
public sealed class Metrics : IDisposable
{
    public const string MeterName = "Ingest";
    public const string FeedsPolled = "ingest.feeds.polled";
    public const string ArticlesCleaned = "ingest.articles.cleaned";
    public const string ResidueRemoved = "ingest.residue.removed";
    public const string ArticlesDelivered = "ingest.articles.delivered";
    public const string OutboxLag = "ingest.outbox.lag";
    public const string OutboxLagTime = "ingest.outbox.lag.time";
    public const string JobsFailed = "ingest.jobs.failed";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _polled;
    private readonly Counter<long> _cleaned;
    private readonly Counter<long> _removed;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failed;
    private readonly Gauge<long> _lag;
    private readonly Gauge<double> _lagTime;

    public Metrics()
    {
        _polled = _meter.CreateCounter<long>(FeedsPolled, "{feed}", "Polls that ended, by outcome");
        _cleaned = _meter.CreateCounter<long>(ArticlesCleaned, "{article}", "Articles extracted and stored");
        _removed = _meter.CreateCounter<long>(ResidueRemoved, "{removal}", "Pieces of residue removed, by kind");
        _delivered = _meter.CreateCounter<long>(ArticlesDelivered, "{message}", "Messages accepted by a sink, by sink");
        _failed = _meter.CreateCounter<long>(JobsFailed, "{failure}", "Failed attempts, by job and kind");
        _lag = _meter.CreateGauge<long>(OutboxLag, "{message}", "Messages that wait for a sink, by sink");
        _lagTime = _meter.CreateGauge<double>(OutboxLagTime, "s", "Age of the oldest message that waits for a sink, by sink");
    }

    internal void Polled(string outcome) => _polled.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Cleaned(CleanArticle article)
    {
        _cleaned.Add(1);
        foreach (var kind in article.Removed.CountBy(removal => removal.Kind))
            _removed.Add(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key.WireName()));
    }

    internal void Delivered(string sink, int messages) => _delivered.Add(messages, new KeyValuePair<string, object?>("sink", sink));

    /// <summary>How far a sink is behind.</summary>
    internal void Lag(string sink, long messages, TimeSpan age)
    {
        var tag = new KeyValuePair<string, object?>("sink", sink);
        _lag.Record(messages, tag);
        _lagTime.Record(age.TotalSeconds, tag);
    }

    internal void Failed(JobKind job, FailureKind kind) =>
        _failed.Add(1, new KeyValuePair<string, object?>("job", job.ToString()), new KeyValuePair<string, object?>("kind", kind.ToString()));

    public void Dispose() => _meter.Dispose();
}
