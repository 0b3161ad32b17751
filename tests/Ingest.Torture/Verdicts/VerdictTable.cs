using System.Globalization;
using System.Text;

namespace Ingest.Torture.Verdicts;

/// <summary>A verdict as a person reads it.</summary>
internal static class VerdictTable
{
    public static string Write(Verdict verdict)
    {
        var text = new StringBuilder();
        Line(text, $"seed {verdict.Seed}");
        Line(text, $"{"fault",-16}{"times",8}{"recoveries",12}{"longest, s",12}");
        foreach (var (kind, count) in verdict.Faults)
            Line(text, $"{kind,-16}{(count.Refused ? "refused" : count.Struck),8}{count.Recovered,12}{count.Longest.TotalSeconds,12:0.0}");
        text.AppendLine();
        Line(text, $"{"",-16}{"articles",10}{"missing",10}{"repeats",10}{"longest wait, s",18}");
        Line(text, $"{"published",-16}{verdict.Published,10}");
        Line(text, $"{"stored",-16}{verdict.Store.Stored,10}{verdict.Store.Missing.Count,10}{verdict.Store.Twice.Count,10}{verdict.Store.LongestWait.TotalSeconds,18:0.0}");
        foreach (var sink in verdict.Sinks)
            Line(text, $"{sink.Sink,-16}{sink.Messages - sink.Repeats,10}{sink.Missing.Count,10}{sink.Repeats,10}{(sink.LongestWait is { } wait ? wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "-"),18}");
        text.AppendLine();
        Line(text, $"still after {verdict.SettledAfter?.TotalSeconds ?? double.NaN:0.0} s; a worker took {verdict.SlowestStart.TotalSeconds:0.0} s at most to be up");
        foreach (var wrong in verdict.Wrong) Line(text, $"WRONG  {wrong}");
        Line(text, $"verdict: {(verdict.Wrong.Count == 0 ? "stood" : "fell")}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
