using System.Diagnostics;
using System.Runtime;

namespace Ingest.Benchmarks;

/// <summary>One side of a comparison.</summary>
/// <param name="RunAsync">Does the work once; returns how many things (pages, feeds, polls) that were.</param>
internal sealed record Side(string Name, Func<Task<int>> RunAsync)
{
    /// <summary>What must stand before each run and is not measured.</summary>
    public Func<Task> PrepareAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>What other processes have spent so far on this side's behalf; a database server, say.</summary>
    public Func<TimeSpan> CpuElsewhere { get; init; } = () => TimeSpan.Zero;
}

/// <summary>
/// Runs sides in turns and measures each one's CPU time, user and kernel, of all the process's threads: what a loaded machine disturbs least, and
/// what a collector or a compiler does in the background belongs to whoever caused it.
/// </summary>
internal static class Measure
{
    /// <summary>What each side does at least in a round of the warm-up.</summary>
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Warm is when the compiler's share of a round falls below this: it recompiles in the background what is called often, and a pass through EF Core
    /// and HTTP keeps it busy for ten rounds.
    /// </summary>
    private const double CompilersShare = 0.02;

    private const int FewestWarmUpRounds = 3;
    private const int MostWarmUpRounds = 25;

    /// <summary>A sample shorter than this is mostly the garbage of the side before it.</summary>
    private static readonly TimeSpan LeastSample = TimeSpan.FromMilliseconds(100);

    public static async Task<IReadOnlyList<Measured>> InterleaveAsync(int rounds, IReadOnlyList<Side> sides, CancellationToken stop)
    {
        var runs = await WarmUpAsync(sides, stop);
        var samples = sides.Select(_ => new List<Sample>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            var order = Enumerable.Range(0, sides.Count);
            // Every second round backwards: nobody always comes after the same neighbour.
            foreach (var i in round % 2 == 0 ? order : order.Reverse()) samples[i].Add(await SampleAsync(sides[i], runs[i], stop));
        }
        return [.. sides.Select((side, i) => new Measured(side.Name, samples[i]))];
    }

    /// <summary>Returns for each side the runs that make a sample long enough.</summary>
    private static async Task<IReadOnlyList<int>> WarmUpAsync(IReadOnlyList<Side> sides, CancellationToken stop)
    {
        var runs = new int[sides.Count];
        for (var round = 1; round <= MostWarmUpRounds; round++)
        {
            var (compiling, spent) = (JitInfo.GetCompilationTime(), Environment.CpuUsage.TotalTime);
            for (var i = 0; i < sides.Count; i++) runs[i] = (int)Math.Ceiling(LeastSample / await WarmUpAsync(sides[i], stop));
            compiling = JitInfo.GetCompilationTime() - compiling;
            spent = Environment.CpuUsage.TotalTime - spent;
            if (round >= FewestWarmUpRounds && compiling < CompilersShare * spent) break;
        }
        return runs;
    }

    /// <summary>Returns what a run takes.</summary>
    private static async Task<TimeSpan> WarmUpAsync(Side side, CancellationToken stop)
    {
        var (spent, runs) = (TimeSpan.Zero, 0);
        for (; spent < LeastWarmUp; runs++) spent += (await SampleAsync(side, runs: 1, stop)).CpuInAll;
        return spent / runs;
    }

    private static async Task<Sample> SampleAsync(Side side, int runs, CancellationToken stop)
    {
        var sample = new Sample(0, TimeSpan.Zero, 0, TimeSpan.Zero, TimeSpan.Zero);
        for (var run = 0; run < runs; run++)
        {
            stop.ThrowIfCancellationRequested();
            await side.PrepareAsync();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var begun = Stopwatch.GetTimestamp();
            var elsewhere = side.CpuElsewhere();
            var cpu = Environment.CpuUsage.TotalTime;
            var things = await side.RunAsync();
            cpu = Environment.CpuUsage.TotalTime - cpu;
            var wall = Stopwatch.GetElapsedTime(begun);
            elsewhere = side.CpuElsewhere() - elsewhere;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            if (things == 0) throw new InvalidOperationException($"{side.Name} did nothing");
            sample = new Sample(sample.Things + things, sample.CpuInAll + cpu, sample.BytesInAll + allocated, sample.WallInAll + wall, sample.ElsewhereInAll + elsewhere);
        }
        return sample;
    }
}

/// <summary>One turn of one side.</summary>
internal sealed record Sample(int Things, TimeSpan CpuInAll, long BytesInAll, TimeSpan WallInAll, TimeSpan ElsewhereInAll)
{
    public double CpuMilliseconds => CpuInAll.TotalMilliseconds / Things;
    public double MillisecondsElsewhere => ElsewhereInAll.TotalMilliseconds / Things;
    public double Kilobytes => BytesInAll / 1024.0 / Things;
    public double PerSecond => Things / WallInAll.TotalSeconds;
}

/// <summary>One side's samples, all figures per thing.</summary>
internal sealed record Measured(string Name, IReadOnlyList<Sample> Samples)
{
    public Spread CpuMilliseconds => Spread.Of(Samples.Select(sample => sample.CpuMilliseconds));
    public Spread MillisecondsElsewhere => Spread.Of(Samples.Select(sample => sample.MillisecondsElsewhere));
    public Spread Kilobytes => Spread.Of(Samples.Select(sample => sample.Kilobytes));
    public Spread PerSecond => Spread.Of(Samples.Select(sample => sample.PerSecond));

    /// <summary>Of the CPU times, each sample against the other side's of the same round: what disturbs one mostly disturbs both.</summary>
    public Spread RatioTo(Measured other) => Spread.Of(Samples.Zip(other.Samples, (ours, theirs) => ours.CpuMilliseconds / theirs.CpuMilliseconds));

    /// <summary>The same with what other processes spent on each side's behalf.</summary>
    public Spread RatioInAllTo(Measured other) => Spread.Of(Samples.Zip(
        other.Samples, (ours, theirs) => (ours.CpuMilliseconds + ours.MillisecondsElsewhere) / (theirs.CpuMilliseconds + theirs.MillisecondsElsewhere)));
}

/// <summary>The median and the quarters around it.</summary>
internal sealed record Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new Spread(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75));
    }

    private static double At(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return below + (above - below) * (place - Math.Floor(place));
    }
}
