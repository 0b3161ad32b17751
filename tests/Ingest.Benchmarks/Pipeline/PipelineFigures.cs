using System.Globalization;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>Where an article's CPU time goes: medians of the sides, in milliseconds an article.</summary>
internal sealed record PipelineFigures(Measured Whole, Measured WithoutEngine, Measured Database, Measured Fetch, Measured Extract, Measured Large)
{
    public IEnumerable<string> Lines(string few, string many)
    {
        var (whole, server) = (Whole.CpuMilliseconds.Median, Whole.MillisecondsElsewhere.Median);
        var (fetch, extract, client) = (Fetch.CpuMilliseconds.Median, Extract.CpuMilliseconds.Median, Database.CpuMilliseconds.Median);
        // The difference of two sides may be less than their spread.
        var engine = Math.Max(0, whole - WithoutEngine.CpuMilliseconds.Median);
        yield return Text($"CPU ms/article: {whole + server:0.00} in all = worker {whole:0.00} + database server {server:0.00}");
        yield return Text($"  of the worker's: extract {extract:0.00}, database client {client:0.00}, fetch {fetch:0.00}, job engine {engine:0.00}, the rest {whole - extract - client - fetch - engine:0.00}");
        yield return Text($"{few}: {Rate(Whole)}");
        yield return Text($"{many}: {Rate(Large)}");
        var growth = Large.RatioInAllTo(Whole);
        yield return Text($"growth of an article's CPU time from the first to the second: {growth.Median:0.00} ({growth.Low:0.00}-{growth.High:0.00})");
    }

    private static string Rate(Measured side) => Text(
        $"{side.PerSecond.Median:0} articles/s ({side.PerSecond.Low:0}-{side.PerSecond.High:0}), worker {side.CpuMilliseconds.Median:0.00} + server {side.MillisecondsElsewhere.Median:0.00} ms");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
