using System.Collections.Concurrent;
using System.Text.Json;
using Ingest.Torture.World;

namespace Ingest.Torture.Receivers;

/// <summary>What one sink's other end has received and acknowledged: messages by id, each with its article's page and how often it came.</summary>
internal sealed class Ledger(string sink)
{
    private readonly ConcurrentDictionary<string, Receipt> _receipts = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock = TimeProvider.System;
    private long _total;

    public string Sink => sink;

    /// <summary>Messages, repeats counted.</summary>
    public long Total => Interlocked.Read(ref _total);

    public IReadOnlyDictionary<string, Receipt> Receipts => _receipts;

    /// <summary>Notes a message that has just come, a whole CloudEvent as JSON.</summary>
    public void Note(ReadOnlyMemory<byte> message) => Note(message, _clock.GetUtcNow());

    /// <param name="at">When it came; null when nobody knows.</param>
    public void Note(ReadOnlyMemory<byte> message, DateTimeOffset? at)
    {
        using var json = JsonDocument.Parse(message);
        var id = json.RootElement.GetProperty("id").GetString()!;
        var page = PageAddress.Of(new Uri(json.RootElement.GetProperty("data").GetProperty("url").GetString()!));
        _receipts.AddOrUpdate(id, _ => new Receipt(page, at, 1), (_, known) => known with { Times = known.Times + 1 });
        Interlocked.Increment(ref _total);
    }
}

/// <summary>One message as it was received: the page of its article, when it came first, and how often.</summary>
internal sealed record Receipt(string Page, DateTimeOffset? FirstAt, int Times);
