using Ingest.Torture.Receivers;

namespace Ingest.Torture.Verdicts;

/// <summary>What a sink's other end has of what was published.</summary>
/// <param name="Messages">Received, repeats counted.</param>
/// <param name="Missing">Pages that never came.</param>
/// <param name="Strangers">Messages of pages that nobody published.</param>
/// <param name="Split">Pages that came under two message ids.</param>
/// <param name="LongestWait">From publication to the first arrival; null where nobody knows.</param>
internal sealed record SinkResult(string Sink, long Messages, long Repeats, IReadOnlyList<string> Missing, int Strangers, int Split, TimeSpan? LongestWait)
{
    public static SinkResult Of(Ledger ledger, IReadOnlyDictionary<string, DateTimeOffset> published)
    {
        var pages = ledger.Receipts.Values.ToLookup(receipt => receipt.Page, StringComparer.Ordinal);
        var known = ledger.Receipts.Values.Where(receipt => published.ContainsKey(receipt.Page)).ToList();
        return new SinkResult(
            ledger.Sink, ledger.Total, ledger.Total - ledger.Receipts.Count, [.. published.Keys.Where(page => !pages.Contains(page))], ledger.Receipts.Count - known.Count,
            pages.Count(page => page.Count() > 1), known.Max(receipt => receipt.FirstAt - published[receipt.Page]));
    }
}
