using System.CommandLine;
using System.Globalization;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary>Failures as the terminal shows them.</summary>
internal static class FailureOutput
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    public static void List(ParseResult call, IReadOnlyList<FailureItem> failures, string empty)
    {
        if (call.GetValue(GlobalOptions.Json)) Output.Json(failures);
        else Output.Table(["ID", "KIND", "JOB", "STATUS", "ATTEMPTS", "LAST", "NEXT RETRY", "URL", "ERROR"], [.. failures.Select(Row)], empty);
    }

    private static string?[] Row(FailureItem failure) =>
    [
        Output.Number(failure.Id), FailureWords.Of(failure.Kind), FailureWords.Of(failure.Job.Kind), Status(failure.Status), Output.Number(failure.Attempts),
        Output.Instant(failure.LastAt), Output.Instant(failure.NextRetryAt), Output.Short(failure.Url, 120), Output.Short(failure.Error, 100),
    ];

    public static void Groups(ParseResult call, IReadOnlyList<FailureGroup> groups)
    {
        if (call.GetValue(GlobalOptions.Json)) Output.Json(groups);
        else Output.Table(["COUNT", "HOST", "STATUS", "ERROR"], [.. groups.Select(group => new[] { Output.Number(group.Count), group.Host ?? "-", Status(group.Status), Output.Short(group.Error, 100) })], "nothing has failed");
    }

    public static void Show(ParseResult call, FailureDetail failure)
    {
        if (call.GetValue(GlobalOptions.Json))
        {
            Output.Json(new { failure = failure.Item, failure.Attempts, page = failure.Page is { } received ? new { received.Url, received.ContentType, received.At, received.Length, received.IsCut } : null });
            return;
        }
        var item = failure.Item;
        Output.Table(["FAILURE", Output.Number(item.Id)],
        [
            ["what", $"{FailureWords.Of(item.Job.Kind)} {item.Job.Target}"], ["title", Output.Short(item.Title ?? item.FeedTitle ?? "-", 120)], ["url", item.Url ?? "-"], ["feed", Output.Number(item.FeedId)], ["host", item.Host ?? "-"],
            ["kind", FailureWords.Of(item.Kind)], ["status", Status(item.Status)], ["error", item.Error], ["attempts", Output.Number(item.Attempts)],
            ["first", Output.Instant(item.FirstAt)], ["last", Output.Instant(item.LastAt)], ["next retry", item.NextRetryAt is { } next ? Output.Instant(next) : "by hand only"],
            ["received", failure.Page is { } page ? $"{Output.Number(page.Length)} bytes of {page.ContentType ?? "no type"}; --page writes them" : "nothing"],
        ], "");
        Console.Out.WriteLine();
        foreach (var attempt in failure.Attempts) Show(attempt);
    }

    private static void Show(FailureAttempt attempt)
    {
        Console.Out.WriteLine($"{Output.Instant(attempt.At)}  attempt {Output.Number(attempt.Number)} by {attempt.Worker ?? "-"}: {attempt.Error}{(attempt.TraceId is { } trace ? $"  (trace {trace})" : "")}");
        foreach (var visit in attempt.Visits) Show(visit);
    }

    private static void Show(FetchVisit visit)
    {
        var headers = string.Join("; ", visit.Headers.Select(header => $"{header.Key}: {header.Value}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Status(visit.Status)}  {visit.Took.TotalMilliseconds:0} ms  {visit.Bytes} bytes  {visit.Remote ?? "-"}  {Output.Short(visit.Url, 200)}  {Output.Short(headers, 300)}"));
    }

    private static string Status(int? status) => status is { } known ? Output.Number(known) : "-";

    public static string Begun(FailureAction action, double? perSecond) => string.Create(CultureInfo.InvariantCulture,
        $"{action.Count} due {(perSecond is { } rate && action.Count > 1 ? $"within {TimeSpan.FromSeconds(Math.Ceiling((action.Count - 1) / rate)):g}" : "now; a running worker takes them at its next tick")}; see: ingest failures progress {action.Id}");

    public static string Progress(FailureAction action) => string.Create(CultureInfo.InvariantCulture,
        $"{action.Count} chosen: {action.Healed} healed, {action.FailedAgain} failed again, {action.Waiting} waiting{(action.Overtaken > 0 ? $", {action.Overtaken} chosen anew since" : "")}");

    /// <summary>Shows each change until nothing waits any more.</summary>
    public static async Task<FailureAction> WatchAsync(ParseResult call, Toolbox tools, FailureAction action, CancellationToken stop)
    {
        for (string? said = null; ; action = await tools.Get<IFailureStore>().FindActionAsync(action.Id, stop) ?? action)
        {
            var line = Progress(action);
            if (line != said && !call.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(said = line);
            if (action.IsDone) return action;
            await Task.Delay(LookEvery, tools.Get<TimeProvider>(), stop);
        }
    }
}
