using System.CommandLine;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest failures …</c></summary>
internal static class FailuresCommand
{
    private const int DefaultMost = 100;

    private static readonly Option<long?> Id = new("--id") { Description = "Only this one", HelpName = "N" };
    private static readonly Option<string?> Host = new("--host") { Description = "Only of this host", HelpName = "HOST" };
    private static readonly Option<string?> Kind = new("--kind") { Description = "Only of this kind: transient, permanent, poison", HelpName = "KIND" };
    private static readonly Option<string?> Since = new("--since")
    {
        Description = $"Only what failed since {When.Forms}",
        HelpName = "WHEN",
    };

    public static Command Build() => new Command("failures", "See what failed, and run it again") { List(), Rerun() }
        .WithExamples("ingest failures list --host example.org", "ingest failures rerun --kind transient");

    private static Command List()
    {
        var most = new Option<int>("--limit") { Description = "At most this many, the latest first", DefaultValueFactory = _ => DefaultMost, HelpName = "N" };
        var command = new Command("list", "List what failed, the latest first") { Id, Host, Kind, Since, most, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var failures = await tools.Get<IFailureStore>().ListAsync(Filter(call, tools, call.GetValue(most)), stop);
            Print(call, failures, "nothing has failed");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest failures list --since 24h", "ingest failures list --kind permanent --json");
    }

    private static Command Rerun()
    {
        var all = new Option<bool>("--all") { Description = "Everything, without a filter" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be run again" };
        var command = new Command("rerun", "Run failures again at the worker's next tick, with their attempts counted afresh")
        {
            Id, Host, Kind, Since, all, dryRun, GlobalOptions.Json,
        };
        command.SetAction(async (call, stop) =>
        {
            var filtered = call.GetValue(Id) is not null || call.GetValue(Host) is not null || call.GetValue(Kind) is not null || call.GetValue(Since) is not null;
            if (!filtered && !call.GetValue(all)) throw new UserErrorException("say which failures: --id, --host, --kind, --since, or --all");
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var now = tools.Get<TimeProvider>().GetUtcNow();
            var chosen = await tools.Get<IFailureStore>().RerunAsync(Filter(call, tools, int.MaxValue), call.GetValue(dryRun), now, stop);
            Print(call, chosen, "no failure fits");
            if (!call.GetValue(GlobalOptions.Json))
                Console.Out.WriteLine(call.GetValue(dryRun) ? $"{chosen.Count} would be run again" : $"{chosen.Count} due now; a running worker takes them at its next tick");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest failures rerun --host example.org --dry-run", "ingest failures rerun --all");
    }

    private static FailureFilter Filter(ParseResult call, Toolbox tools, int most) => new()
    {
        Id = call.GetValue(Id),
        Host = call.GetValue(Host),
        Kind = call.GetValue(Kind) is { } kind ? KindOf(kind) : null,
        Since = call.GetValue(Since) is { } since ? When.Parse(since, tools.Get<TimeProvider>().GetUtcNow()) : null,
        Most = most,
    };

    private static FailureKind KindOf(string text) => Enum.TryParse<FailureKind>(text, ignoreCase: true, out var kind) && !char.IsAsciiDigit(text[0])
        ? kind
        : throw new UserErrorException($"'{text}' is no kind of failure; there are transient, permanent and poison");

    private static void Print(ParseResult call, IReadOnlyList<FailureItem> failures, string empty)
    {
        if (call.GetValue(GlobalOptions.Json)) Output.Json(failures);
        else Output.Table(["ID", "KIND", "JOB", "ATTEMPTS", "LAST", "NEXT RETRY", "URL", "ERROR"], [.. failures.Select(Row)], empty);
    }

    private static string?[] Row(FailureItem failure) =>
    [
        Output.Number(failure.Id), failure.Kind.ToString().ToLowerInvariant(), failure.Job.Kind.ToString(), Output.Number(failure.Attempts),
        Output.Instant(failure.LastAt), Output.Instant(failure.NextRetryAt), failure.Url, Output.Short(failure.Error, 100),
    ];
}
