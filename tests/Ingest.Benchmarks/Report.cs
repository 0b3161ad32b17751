using System.Globalization;

namespace Ingest.Benchmarks;

/// <summary>What a benchmark found.</summary>
/// <param name="Subject">What was measured, on what.</param>
/// <param name="Thing">What the figures are per: <c>page</c>, <c>feed</c> …</param>
internal record Report(string Subject, string Thing, IReadOnlyList<Measured> Sides)
{
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Ours against the other; null where nothing is compared.</summary>
    public Spread? Ratio { get; init; }

    /// <summary>Why the figures do not count; empty when they do.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public virtual void Print(TextWriter output)
    {
        if (Sides.Count == 0)
        {
            output.WriteLine(Subject);
            foreach (var line in Notes) output.WriteLine(line);
            return;
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Subject}; {Sides[0].Samples.Count} rounds"));
        var name = Math.Max("side".Length, Sides.Max(side => side.Name.Length));
        output.WriteLine($"{"side".PadRight(name)}  {"CPU ms/" + Thing,14}  {"middle half",16}  {"KB/" + Thing,11}  {"middle half",18}");
        foreach (var side in Sides)
        {
            var (cpu, memory) = (side.CpuMilliseconds, side.Kilobytes);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{side.Name.PadRight(name)}  {cpu.Median,14:0.0000}  {$"{cpu.Low:0.0000}-{cpu.High:0.0000}",16}  {memory.Median,11:0.0}  {$"{memory.Low:0.0}-{memory.High:0.0}",18}"));
        }
        foreach (var note in Notes) output.WriteLine(note);
        if (Ratio is null) return;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"middle half of the rounds' ratios: {Ratio.Low:0.00}-{Ratio.High:0.00}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio: {Ratio.Median:0.00}"));
    }
}
