namespace Ingest.Benchmarks.Schedule;

/// <summary>What two weeks of polling came to.</summary>
/// <param name="Delays">Minutes from an entry's appearance to the poll that found it, in order; of what was lost, to the poll that should have.</param>
internal sealed record Tally(long Requests, double[] Delays, int Lost)
{
    public double Median => Delays.Length == 0 ? 0 : Delays[Delays.Length / 2];

    public double P90 => Delays.Length == 0 ? 0 : Delays[(int)(Delays.Length * 0.9)];

    public double Mean => Delays.DefaultIfEmpty().Average();

    public static Tally Of(IReadOnlyCollection<Tally> parts)
    {
        var delays = parts.SelectMany(part => part.Delays).ToArray();
        Array.Sort(delays);
        return new Tally(parts.Sum(part => part.Requests), delays, parts.Sum(part => part.Lost));
    }
}

/// <summary>Virtual time: each feed for itself, from poll to poll.</summary>
internal static class Simulation
{
    public static IReadOnlyList<(string Kind, Tally Tally)> Run(IReadOnlyList<Publisher> world, Func<Publisher, IPollPolicy> policy)
    {
        var tallies = new (string, Tally)[world.Count];
        Parallel.For(0, world.Count, i => tallies[i] = (world[i].Kind, Run(world[i], policy(world[i]))));
        return tallies;
    }

    private static Tally Run(Publisher feed, IPollPolicy policy)
    {
        var items = feed.Items as Item[] ?? [.. feed.Items];
        var delays = new List<double>();
        var (next, requests, lost, now) = (0, 0, 0, feed.Joined);
        for (; now < PublisherWorld.Length; requests++)
        {
            var before = next;
            while (next < items.Length && items[next].Appears <= now) next++;
            var oldest = Math.Max(before, next - feed.Window);
            for (var i = before; i < next && requests > 0; i++) delays.Add(now - items[i].Appears);
            if (requests > 0) lost += oldest - before;
            now = policy.Next(now, items.AsSpan(oldest, next - oldest), Math.Min(next, feed.Window));
        }
        // What nobody has found by the end has waited so long at least.
        for (; next < items.Length; next++)
            if (items[next].Appears < PublisherWorld.Length) delays.Add(PublisherWorld.Length - items[next].Appears);
        delays.Sort();
        return new Tally(requests, [.. delays], lost);
    }
}
