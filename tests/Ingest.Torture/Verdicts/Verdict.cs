using Ingest.Torture.Faults;

namespace Ingest.Torture.Verdicts;

/// <summary>What a run has shown.</summary>
/// <param name="Published">Articles that the newsrooms have published.</param>
/// <param name="Leftovers">What should be gone and is not, in words.</param>
/// <param name="WorkerFaults">Workers that ended by themselves or not when they were asked to, in words.</param>
/// <param name="SlowestStart">The longest time that a worker took to be up.</param>
/// <param name="SettledAfter">From the end of the faults until everything was still; null when patience ran out first.</param>
internal sealed record Verdict(
    int Seed, int Published, StoreResult Store, IReadOnlyList<SinkResult> Sinks, IReadOnlyDictionary<FaultKind, FaultCount> Faults, IReadOnlyList<string> Leftovers,
    IReadOnlyList<string> WorkerFaults, TimeSpan SlowestStart, TimeSpan? SettledAfter)
{
    /// <summary>Everything that is wrong, a line each; empty when the program has stood the torture.</summary>
    public IReadOnlyList<string> Wrong =>
    [
        .. Lines(SettledAfter is null, "it did not become still"),
        .. Lines(Store.Missing.Count > 0, $"not stored: {Some(Store.Missing)}"),
        .. Lines(Store.Twice.Count > 0, $"stored twice: {Some(Store.Twice)}"),
        .. Lines(Store.Strangers > 0, $"stored and never published: {Store.Strangers}"),
        .. Sinks.SelectMany(WrongAt),
        .. Leftovers.Select(left => $"left behind: {left}"),
        .. WorkerFaults,
    ];

    private static IEnumerable<string> WrongAt(SinkResult sink) =>
    [
        .. Lines(sink.Missing.Count > 0, $"missing at {sink.Sink}: {Some(sink.Missing)}"),
        .. Lines(sink.Strangers > 0, $"never published and at {sink.Sink}: {sink.Strangers}"),
        .. Lines(sink.Split > 0, $"at {sink.Sink} under two ids: {sink.Split}"),
    ];

    private static IEnumerable<string> Lines(bool wrong, string line) => wrong ? [line] : [];

    private static string Some(IReadOnlyList<string> pages) => $"{pages.Count}, such as {string.Join(", ", pages.Take(3))}";
}
