using System.Globalization;

namespace Ingest.Benchmarks.Schedule;

/// <summary>The tables of the simulation, one a world, and what they come to together.</summary>
internal sealed record ScheduleReport(IReadOnlyList<ScheduleWorld> Worlds) : Report("schedule", "feed", [])
{
    public override void Print(TextWriter output)
    {
        foreach (var world in Worlds) Print(output, world);
        if (Worlds.Count > 1) PrintSpread(output);
        Line(output, $"the worst of the three rivals, by requests at the same median delay or mean delay at the same requests");
        Line(output, $"ratio: {Worlds.SelectMany(world => world.Duels).Max(duel => duel.Ratio):0.00}");
    }

    private static void Print(TextWriter output, ScheduleWorld world)
    {
        var (usual, duels) = (world.Default, world.Duels);
        Line(output, $"schedule: seed {world.Seed}, {world.Feeds} feeds, 14 days of virtual time, {usual.All.Delays.Length} entries; delays in minutes, from an entry's appearance in the document");
        Line(output, $"{"policy",-34}  {"requests",9}  {"median",7}  {"mean",7}  {"p90",7}  {"feed's median",13}  {"lost",5}");
        Row(output, "ours, as it comes (5 min)", usual);
        foreach (var duel in duels)
        {
            Row(output, duel.Name, duel.Rival);
            Row(output, $"  ours, same median ({duel.SameMedian.Waiting:0.0} min)", duel.SameMedian);
            Row(output, $"  ours, same requests ({duel.SameRequests.Waiting:0.0} min)", duel.SameRequests);
        }
        output.WriteLine();
        Line(output, $"{"by class: requests / median / mean",-34}  {"ours (5 min)",26}  {string.Join("  ", duels.Select(duel => $"{duel.Name,26}"[..26]))}");
        for (var kind = 0; kind < usual.Kinds.Count; kind++)
            Line(output, $"  {usual.Kinds[kind].Kind,-32}  {Cell(usual.Kinds[kind].Tally)}  {string.Join("  ", duels.Select(duel => Cell(duel.Rival.Kinds[kind].Tally)))}");
        output.WriteLine();
        foreach (var duel in duels)
            Line(output, $"against {duel.Name}: {duel.Requests:0.00} of the requests at the same median delay; at the same requests {duel.Median:0.00} of the median delay, {duel.Mean:0.00} of the mean, {duel.FeedMedian:0.00} of a feed's median");
        output.WriteLine();
    }

    private void PrintSpread(TextWriter output)
    {
        Line(output, $"over {Worlds.Count} seeds, least to most:");
        foreach (var rival in Worlds.SelectMany(world => world.Duels).GroupBy(duel => duel.Name))
            Line(output, $"against {rival.Key}: {Spread(rival, duel => duel.Requests)} of the requests at the same median delay; at the same requests {Spread(rival, duel => duel.Median)} of the median delay, {Spread(rival, duel => duel.Mean)} of the mean, {Spread(rival, duel => duel.P90)} of the ninth decile, {Spread(rival, duel => duel.FeedMedian)} of a feed's median");
        output.WriteLine();
    }

    private static string Spread(IEnumerable<Duel> duels, Func<Duel, double> share) => string.Create(CultureInfo.InvariantCulture, $"{duels.Min(share):0.00}-{duels.Max(share):0.00}");

    private static void Row(TextWriter output, string name, Outcome outcome) => Line(
        output, $"{name,-34}  {outcome.All.Requests,9}  {outcome.All.Median,7:0.0}  {outcome.All.Mean,7:0.0}  {outcome.All.P90,7:0}  {outcome.FeedMedian,13:0.0}  {outcome.All.Lost,5}");

    private static string Cell(Tally tally) => string.Create(CultureInfo.InvariantCulture, $"{tally.Requests,8} /{tally.Median,7:0.0} /{tally.Mean,7:0.0}");

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
