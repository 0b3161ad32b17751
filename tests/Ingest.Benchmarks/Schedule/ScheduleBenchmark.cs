namespace Ingest.Benchmarks.Schedule;

/// <summary>
/// Two weeks of 2,000 publishers on virtual time: our schedule against polling at fixed intervals, and against as many polls a week as there were entries. Each rival
/// is met twice with our one knob (Schedule:WaitingPerPoll): where the median delay is the same, and where the requests are.
/// </summary>
internal static class ScheduleBenchmark
{
    /// <summary>The policy was tuned with this world; what it is worth in others, <c>--seeds</c> tells.</summary>
    private const int UsualSeed = 20261122;
    private const double DefaultWaiting = 5;

    /// <summary>Minutes between which the knob is looked for, and halvings of what is left of that (on a logarithmic scale).</summary>
    private const double Least = 0.1;
    private const double Most = 20_000;
    private const int Halvings = 12;

    private static readonly (string Name, Func<Publisher, IPollPolicy> Policy)[] Rivals =
    [
        ("every 15 min", _ => new FixedPolicy(15)),
        ("every 60 min", _ => new FixedPolicy(60)),
        ("weekly frequency, 5-1440 min", _ => new WeeklyFrequencyPolicy()),
    ];

    public static Task<Report> RunAsync(string? seeds, CancellationToken stop) =>
        Task.FromResult<Report>(new ScheduleReport([.. Seeds.Of(seeds, UsualSeed).Select(seed => Play(seed, stop))]));

    private static ScheduleWorld Play(int seed, CancellationToken stop)
    {
        var world = PublisherWorld.Make(seed);
        var duels = new List<Duel>();
        foreach (var (name, policy) in Rivals)
        {
            stop.ThrowIfCancellationRequested();
            var rival = Outcome.Of(Simulation.Run(world, policy));
            duels.Add(new Duel(name, rival, Meet(world, ours => ours.All.Median <= rival.All.Median), Meet(world, ours => ours.All.Requests >= rival.All.Requests)));
        }
        return new ScheduleWorld(seed, world.Count, Run(world, DefaultWaiting), duels);
    }

    /// <summary>Our outcome with the most patient setting for which something still holds.</summary>
    private static Outcome Meet(IReadOnlyList<Publisher> world, Func<Outcome, bool> holds)
    {
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (holds(Run(world, Math.Exp(middle)))) low = middle;
            else high = middle;
        }
        return Run(world, Math.Exp(low));
    }

    private static Outcome Run(IReadOnlyList<Publisher> world, double waiting) =>
        Outcome.Of(Simulation.Run(world, feed => new RhythmPolicy(TimeSpan.FromMinutes(waiting), feed.AdvisedMinutes))) with { Waiting = waiting };
}

/// <summary>What came of one world.</summary>
/// <param name="Default">Our schedule as it comes.</param>
internal sealed record ScheduleWorld(int Seed, int Feeds, Outcome Default, IReadOnlyList<Duel> Duels);

/// <summary>What a policy came to, over all feeds and by class.</summary>
/// <param name="FeedMedian">Each feed's median delay, of all feeds the median: a weekly blog counts as much as an agency.</param>
internal sealed record Outcome(Tally All, double FeedMedian, IReadOnlyList<(string Kind, Tally Tally)> Kinds)
{
    /// <summary>The knob, in minutes; 0 for others.</summary>
    public double Waiting { get; init; }

    public static Outcome Of(IReadOnlyList<(string Kind, Tally Tally)> feeds)
    {
        var medians = feeds.Where(feed => feed.Tally.Delays.Length > 0).Select(feed => feed.Tally.Median).Order().ToList();
        return new Outcome(
            Tally.Of([.. feeds.Select(feed => feed.Tally)]), medians[medians.Count / 2],
            [.. feeds.GroupBy(feed => feed.Kind).Select(kind => (kind.Key, Tally.Of([.. kind.Select(feed => feed.Tally)])))]);
    }
}

/// <summary>A rival and our two answers.</summary>
internal sealed record Duel(string Name, Outcome Rival, Outcome SameMedian, Outcome SameRequests)
{
    /// <summary>Our requests to the rival's, the median delay being the same.</summary>
    public double Requests => (double)SameMedian.All.Requests / Rival.All.Requests;

    /// <summary>Our mean delay to the rival's, the requests being the same.</summary>
    public double Mean => SameRequests.All.Mean / Rival.All.Mean;

    public double Median => SameRequests.All.Median / Rival.All.Median;

    public double P90 => SameRequests.All.P90 / Rival.All.P90;

    public double FeedMedian => SameRequests.FeedMedian / Rival.FeedMedian;

    /// <summary>The better of: requests at the same median delay, mean delay at the same requests.</summary>
    public double Ratio => Math.Min(Requests, Mean);
}
