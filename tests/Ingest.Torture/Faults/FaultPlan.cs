namespace Ingest.Torture.Faults;

/// <summary>One fault to come.</summary>
/// <param name="At">Since the beginning.</param>
/// <param name="Lasts">How long what is broken stays broken.</param>
/// <param name="Roll">Chance for whoever carries it out: whom it strikes.</param>
internal sealed record PlannedFault(FaultKind Kind, TimeSpan At, TimeSpan Lasts, int Roll);

/// <summary>Which faults strike when. Each kind as often as the options ask, at least once, at moments that the seed chooses.</summary>
internal static class FaultPlan
{
    // A tenth to begin with, so that there is something to break; the last fifth so that every fault ends within the run.
    private const double From = 0.1;
    private const double To = 0.8;

    public static IReadOnlyList<PlannedFault> Make(TortureOptions options)
    {
        var random = new Random(options.Seed);
        return [.. Enum.GetValues<FaultKind>().SelectMany(kind => Of(kind, options, random)).OrderBy(fault => fault.At)];
    }

    private static List<PlannedFault> Of(FaultKind kind, TortureOptions options, Random random)
    {
        var perMinute = kind is FaultKind.WorkerKill ? options.KillsPerMinute : options.FaultsPerMinute;
        var count = Math.Max(1, (int)Math.Round(perMinute * options.Duration.TotalMinutes));
        return [.. Enumerable.Range(0, count).Select(_ => Fault(kind, options, random))];
    }

    private static PlannedFault Fault(FaultKind kind, TortureOptions options, Random random)
    {
        var (least, most) = kind switch
        {
            FaultKind.WorkerKill or FaultKind.ConsumerKill => (0.2, 3.0),
            // Longer than the leases of this run (see WorkerSettings), and in a long one than it takes to be given up for dead.
            FaultKind.WorkerFreeze => (8.0, 30.0),
            FaultKind.WebhookStorm or FaultKind.DiskFull => (4.0, 10.0),
            _ => (0.5, 4.0),
        };
        var lasts = TimeSpan.FromSeconds(least + ((Math.Min(most, options.Duration.TotalSeconds / 4) - least) * random.NextDouble()));
        return new PlannedFault(kind, options.Duration * (From + ((To - From) * random.NextDouble())), lasts, random.Next());
    }
}
