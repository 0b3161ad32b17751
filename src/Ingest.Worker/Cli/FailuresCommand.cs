using System.CommandLine;
using System.Globalization;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Failures;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest failures …</c></summary>
internal static class FailuresCommand
{
    private const int DefaultMost = 100;
    private const int Sample = 10;

    private static readonly Option<string[]> Id = new("--id") { Description = "Only these, by their numbers", HelpName = "N" };

    // The words of the page's address and the API, as options.
    private static readonly Option<string?>[] Words =
    [
        Word(FailureWords.Host, "HOST", "Only of this host"),
        Word(FailureWords.Feed, "ID", "Only of this feed and its articles"),
        Word(FailureWords.Job, "feed|article", "Only polls of feeds, or only articles"),
        Word(FailureWords.Kind, "KIND", "Only of this kind: transient, permanent, poison"),
        Word(FailureWords.Status, "STATUS", "Only with this HTTP status, or class of statuses: 404, 5xx"),
        Word(FailureWords.Error, "TEXT", "Only where the error contains this"),
        Word(FailureWords.Since, "WHEN", $"Only what failed since {When.Forms}"),
        Word(FailureWords.Until, "WHEN", "Only what failed before it"),
        Word(FailureWords.Action, "ID", "Only what this re-run chose and has not healed"),
    ];

    private static readonly Option<bool> All = new("--all") { Description = "Everything, without a filter" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say how many are meant, and show some" };

    public static Command Build() => new Command("failures", "See what failed and why, run it again, or give it up") { List(), Show(), Rerun(), Discard(), Progress() }
        .WithExamples("ingest failures list --host example.org", "ingest failures rerun --host example.org --status 5xx --since 1h --dry-run");

    private static Option<string?> Word(string name, string helpName, string description) => new($"--{name}") { Description = description, HelpName = helpName };

    private static Command Filtered(this Command command)
    {
        command.Options.Add(Id);
        foreach (var word in Words) command.Options.Add(word);
        return command;
    }

    private static FailureFilter Filter(ParseResult call, DateTimeOffset now) => FailureQuery.Parse(
        word => word == FailureWords.Id ? string.Join(',', call.GetValue(Id) ?? []) : Words.FirstOrDefault(option => option.Name == $"--{word}") is { } option ? call.GetValue(option) : null, now);

    private static Command List()
    {
        var most = new Option<int>("--limit") { Description = "At most this many, the latest first", DefaultValueFactory = _ => DefaultMost, HelpName = "N" };
        var groups = new Option<bool>("--groups") { Description = "Count the same errors of one host instead, the most frequent first" };
        var command = new Command("list", "List what failed, the latest first") { most, groups, GlobalOptions.Json }.Filtered();
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var (failures, filter) = (tools.Get<IFailureStore>(), Filter(call, tools.Get<TimeProvider>().GetUtcNow()));
            if (call.GetValue(groups)) FailureOutput.Groups(call, await failures.GroupAsync(filter, call.GetValue(most), stop));
            else FailureOutput.List(call, await failures.ListAsync(filter with { Most = call.GetValue(most) }, stop), "nothing has failed");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest failures list --since 24h", "ingest failures list --groups", "ingest failures list --kind permanent --json");
    }

    private static Command Show()
    {
        var id = new Argument<long>("ID") { Description = "The failure's number, as failures list shows it" };
        var page = new Option<bool>("--page") { Description = "Write what the latest attempt received to the standard output, byte by byte" };
        var command = new Command("show", "Show one failure: its attempts, their requests, and what they received") { id, page, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var failure = await tools.Get<IFailureStore>().FindAsync(call.GetRequiredValue(id), stop)
                ?? throw new UserErrorException($"there is no failure {Output.Number(call.GetRequiredValue(id))}; it may be healed. See: ingest failures list");
            if (call.GetValue(page)) await WriteAsync(failure.Page ?? throw new UserErrorException("no attempt received anything"), stop);
            else FailureOutput.Show(call, failure);
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest failures show 12", "ingest failures show 12 --page > page.html");
    }

    private static async Task WriteAsync(Pipeline.Fetching.ReceivedPage page, CancellationToken stop)
    {
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(page.Body, stop);
    }

    private static Command Rerun()
    {
        var rate = new Option<string?>("--rate") { Description = "Become due at this rate instead of all at once: 10/s, 600/m, 5000/h", HelpName = "RATE" };
        var wait = new Option<bool>("--wait") { Description = "Wait until all have been tried, and show how far it is" };
        var command = new Command("rerun", "Run failures again at the worker's next tick, with their attempts counted afresh") { All, DryRun, rate, wait, GlobalOptions.Json }.Filtered();
        command.SetAction(async (call, stop) =>
        {
            var perSecond = FailureQuery.Rate(call.GetValue(rate));
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var (failures, now) = (tools.Get<IFailureStore>(), tools.Get<TimeProvider>().GetUtcNow());
            var filter = Chosen(call, now);
            if (call.GetValue(DryRun)) return await PreviewAsync(call, failures, filter, "run again", stop);
            var action = await failures.RerunAsync(filter, Hands.OfTheTerminal(), perSecond, now, stop);
            if (!call.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(FailureOutput.Begun(action, perSecond));
            if (call.GetValue(wait)) action = await FailureOutput.WatchAsync(call, tools, action, stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(action);
            return action.FailedAgain > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command.WithExamples("ingest failures rerun --host example.org --dry-run", "ingest failures rerun --host example.org --status 5xx --since 1h --rate 10/s --wait", "ingest failures rerun --all");
    }

    private static Command Discard()
    {
        var command = new Command("discard", "Give failures up: they leave the list, and their articles are never tried again by themselves") { All, DryRun, GlobalOptions.Json }.Filtered();
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var (failures, now) = (tools.Get<IFailureStore>(), tools.Get<TimeProvider>().GetUtcNow());
            var filter = Chosen(call, now);
            if (call.GetValue(DryRun)) return await PreviewAsync(call, failures, filter, "discarded", stop);
            var action = await failures.DiscardAsync(filter, Hands.OfTheTerminal(), now, stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(action);
            else Console.Out.WriteLine($"{Output.Number(action.Count)} discarded");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest failures discard --status 410 --dry-run", "ingest failures discard --id 12 --id 13");
    }

    private static Command Progress()
    {
        var id = new Argument<long>("ACTION") { Description = "The number that failures rerun has told; ingest audit list shows it too" };
        var wait = new Option<bool>("--wait") { Description = "Wait until all have been tried" };
        var command = new Command("progress", "Show how far a re-run has come") { id, wait, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var action = await tools.Get<IFailureStore>().FindActionAsync(call.GetRequiredValue(id), stop)
                ?? throw new UserErrorException($"there is no action {Output.Number(call.GetRequiredValue(id))}; see: ingest audit list");
            if (call.GetValue(wait)) action = await FailureOutput.WatchAsync(call, tools, action, stop);
            else if (!call.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(FailureOutput.Progress(action));
            if (call.GetValue(GlobalOptions.Json)) Output.Json(action);
            return action.FailedAgain > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command.WithExamples("ingest failures progress 7 --wait");
    }

    private static FailureFilter Chosen(ParseResult call, DateTimeOffset now)
    {
        var filter = Filter(call, now);
        return !filter.IsEverything() || call.GetValue(All)
            ? filter
            : throw new UserErrorException($"say which failures: --id, {string.Join(", ", Words.Select(word => word.Name))}, or --all");
    }

    private static async Task<int> PreviewAsync(ParseResult call, IFailureStore failures, FailureFilter filter, string what, CancellationToken stop)
    {
        var (count, sample) = (await failures.CountAsync(filter, stop), await failures.ListAsync(filter with { Most = Sample }, stop));
        if (call.GetValue(GlobalOptions.Json))
        {
            Output.Json(new { count, sample });
            return ExitCodes.Done;
        }
        FailureOutput.List(call, sample, "no failure fits");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} would be {what}{(count > sample.Count ? $"; these are the latest {sample.Count}" : "")}"));
        return ExitCodes.Done;
    }
}
