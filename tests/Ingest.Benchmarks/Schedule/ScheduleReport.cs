using System.Globalization;

namespace Ingest.Benchmarks.Schedule;

/// <summary>The table of the simulation.</summary>
internal sealed record ScheduleReport(int Feeds, Outcome Default, IReadOnlyList<Duel> Duels) : Report("schedule", "feed", [])
{
    public override void Print(TextWriter output)
    {
        Line(output, $"schedule: {Feeds} feeds, 14 days of virtual time, {Default.All.Delays.Length} entries; delays in minutes, from an entry's appearance in the document");
        Line(output, $"{"policy",-34}  {"requests",9}  {"median",7}  {"mean",7}  {"p90",7}  {"feed's median",13}  {"lost",5}");
        Row(output, "ours, as it comes (5 min)", Default);
        foreach (var duel in Duels)
        {
            Row(output, duel.Name, duel.Rival);
            Row(output, $"  ours, same median ({duel.SameMedian.Waiting:0.0} min)", duel.SameMedian);
            Row(output, $"  ours, same requests ({duel.SameRequests.Waiting:0.0} min)", duel.SameRequests);
        }
        output.WriteLine();
        Line(output, $"{"by class: requests / median / mean",-34}  {"ours (5 min)",26}  {string.Join("  ", Duels.Select(duel => $"{duel.Name,26}"[..26]))}");
        for (var kind = 0; kind < Default.Kinds.Count; kind++)
            Line(output, $"  {Default.Kinds[kind].Kind,-32}  {Cell(Default.Kinds[kind].Tally)}  {string.Join("  ", Duels.Select(duel => Cell(duel.Rival.Kinds[kind].Tally)))}");
        output.WriteLine();
        foreach (var duel in Duels)
            Line(output, $"against {duel.Name}: {duel.Requests:0.00} of the requests at the same median delay; at the same requests {duel.Median:0.00} of the median delay, {duel.Mean:0.00} of the mean, {duel.FeedMedian:0.00} of a feed's median");
        Line(output, $"the worst of the three rivals, by requests at the same median delay or mean delay at the same requests");
        Line(output, $"ratio: {Duels.Max(duel => duel.Ratio):0.00}");
    }

    private static void Row(TextWriter output, string name, Outcome outcome) => Line(
        output, $"{name,-34}  {outcome.All.Requests,9}  {outcome.All.Median,7:0.0}  {outcome.All.Mean,7:0.0}  {outcome.All.P90,7:0}  {outcome.FeedMedian,13:0.0}  {outcome.All.Lost,5}");

    private static string Cell(Tally tally) => string.Create(CultureInfo.InvariantCulture, $"{tally.Requests,8} /{tally.Median,7:0.0} /{tally.Mean,7:0.0}");

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
