using System.CommandLine;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest outbox …</c></summary>
internal static class OutboxCommand
{
    private const int DefaultMost = 100;

    private static readonly Argument<string> Sink = new("SINK") { Description = "The sink's name, as ingest outbox status shows it" };
    private static readonly Option<bool> Dead = new("--dead") { Description = "The sink's dead letters" };
    private static readonly Option<long?> Id = new("--id") { Description = "With --dead: only this one (its SEQUENCE)", HelpName = "N" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say how many messages are meant" };

    public static Command Build() => new Command("outbox", "See how far delivery has come; send again, or give up") { Status(), DeadLetters(), Replay(), Drop() }
        .WithExamples("ingest outbox status", "ingest outbox replay partner --dead", "ingest outbox replay archive --since 24h");

    private static Command Status()
    {
        var command = new Command("status", "Show each sink's place in the outbox, and what a queue's consumers have before them") { GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var (sinks, consumers) = (await tools.Get<IDeliveryDesk>().ListAsync(stop), await tools.Get<IDeliveryDesk>().ListConsumersAsync(stop));
            if (call.GetValue(GlobalOptions.Json)) Output.Json(new { sinks, consumers });
            else Show(sinks, consumers);
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest outbox status --json");
    }

    private static void Show(IReadOnlyList<DeliverySummary> sinks, IReadOnlyList<ConsumerGroup> consumers)
    {
        Output.Table(["SINK", "STATE", "DELIVERED", "WAITING", "OLDEST WAITING", "DEAD", "LAST DELIVERED", "ATTEMPTS", "NEXT ATTEMPT", "ERROR"], [.. sinks.Select(Row)], "no worker has run yet");
        if (consumers.Count == 0) return;
        Console.Out.WriteLine();
        Output.Table(["QUEUE", "CONSUMER", "WAITING", "IN FLIGHT", "DEAD", "OLDEST"], [.. consumers.Select(Row)], "");
    }

    private static string?[] Row(ConsumerGroup group) =>
        [group.Queue, group.Consumer, Output.Number(group.Waiting), Output.Number(group.InFlight), Output.Number(group.Dead), Output.Instant(group.OldestAt)];

    private static string?[] Row(DeliverySummary delivery) =>
    [
        delivery.Sink, delivery.State.ToString().ToLowerInvariant(), Output.Number(delivery.Delivered), Output.Number(delivery.Waiting), Output.Instant(delivery.OldestWaitingAt),
        Output.Number(delivery.Dead), Output.Instant(delivery.LastDeliveredAt), Output.Number(delivery.Attempts), Output.Instant(delivery.NextAttemptAt), Output.Short(delivery.LastError, 100),
    ];

    private static Command DeadLetters()
    {
        var sink = new Option<string?>("--sink") { Description = "Only of this sink", HelpName = "SINK" };
        var most = new Option<int>("--limit") { Description = "At most this many, the latest first", DefaultValueFactory = _ => DefaultMost, HelpName = "N" };
        var command = new Command("dead", "List the messages that a sink refused for good, the latest first") { sink, most, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var letters = await tools.Get<IDeliveryDesk>().ListDeadAsync(call.GetValue(sink), call.GetValue(most), stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(letters);
            else Output.Table(["SINK", "SEQUENCE", "AT", "AGAIN", "MESSAGE", "ERROR"], [.. letters.Select(Row)], "there are no dead letters");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest outbox dead --sink partner");
    }

    private static string?[] Row(DeadLetter letter) =>
    [
        letter.Sink, Output.Number(letter.Sequence), Output.Instant(letter.At), letter.Replaying ? "soon" : "", letter.MessageId, Output.Short(letter.Error, 100),
    ];

    private static Command Replay()
    {
        var since = new Option<string?>("--since") { Description = $"Everything since {When.Forms}, as far as the outbox is kept", HelpName = "WHEN" };
        var command = new Command("replay", "Send again: dead letters, or everything since an instant; with neither, what waits is tried at once") { Sink, Dead, Id, since, DryRun };
        command.SetAction(async (call, stop) =>
        {
            if (call.GetValue(Dead) && call.GetValue(since) is not null) throw new UserErrorException("say either --dead or --since");
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var (desk, sink) = (tools.Get<IDeliveryDesk>(), await KnownAsync(tools, call, stop));
            if (call.GetValue(Dead)) await SayAsync(call, tools, await desk.ReplayDeadAsync(sink, call.GetValue(Id), call.GetValue(DryRun), stop), "dead letters", "sent again", stop);
            else if (call.GetValue(since) is { } text)
                await SayAsync(call, tools, await desk.ReplaySinceAsync(sink, When.Parse(text, tools.Get<TimeProvider>().GetUtcNow()), call.GetValue(DryRun), stop), "messages", "sent again", stop, $" since {text}");
            else if (!call.GetValue(DryRun) && await desk.ResumeAsync(sink, stop))
            {
                await tools.AuditAsync("outbox resume", sink, 1, stop);
                Console.Out.WriteLine($"{sink} is tried at once");
            }
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest outbox replay partner", "ingest outbox replay partner --dead --id 1042", "ingest outbox replay archive --since 2026-11-01 --dry-run");
    }

    private static Command Drop()
    {
        var before = new Option<string?>("--before") { Description = $"What waits and is older than {When.Forms}", HelpName = "WHEN" };
        var forget = new Option<bool>("--forget") { Description = "The sink itself: its place, what waits and its dead letters. Take it out of the settings first" };
        var command = new Command("drop", "Give up: dead letters, what waits too long, or a whole sink") { Sink, Dead, Id, before, forget, DryRun };
        command.SetAction(async (call, stop) =>
        {
            if (new[] { call.GetValue(Dead), call.GetValue(before) is not null, call.GetValue(forget) }.Count(said => said) != 1)
                throw new UserErrorException("say what to give up: --dead, --before or --forget");
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var (desk, sink) = (tools.Get<IDeliveryDesk>(), await KnownAsync(tools, call, stop));
            if (call.GetValue(Dead)) await SayAsync(call, tools, await desk.DropDeadAsync(sink, call.GetValue(Id), call.GetValue(DryRun), stop), "dead letters", "dropped", stop);
            else if (call.GetValue(before) is { } text)
                await SayAsync(call, tools, await desk.DropWaitingAsync(sink, When.Parse(text, tools.Get<TimeProvider>().GetUtcNow()), call.GetValue(DryRun), stop), "messages", "dropped", stop, $" before {text}");
            else if (!call.GetValue(DryRun) && await desk.ForgetAsync(sink, stop))
            {
                await tools.AuditAsync("outbox forget", sink, 1, stop);
                Console.Out.WriteLine($"{sink} is forgotten");
            }
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest outbox drop partner --dead --dry-run", "ingest outbox drop partner --before 7d", "ingest outbox drop old-sink --forget");
    }

    private static async Task<string> KnownAsync(Toolbox tools, ParseResult call, CancellationToken stop)
    {
        var name = call.GetRequiredValue(Sink);
        var known = (await tools.Get<IDeliveryDesk>().ListAsync(stop)).Select(delivery => delivery.Sink).ToList();
        return known.Contains(name) ? name : throw new UserErrorException($"there is no sink '{name}'; there are: {string.Join(", ", known)}");
    }

    private static async Task SayAsync(ParseResult call, Toolbox tools, long count, string what, string done, CancellationToken stop, string bounds = "")
    {
        if (!call.GetValue(DryRun)) await tools.AuditAsync(done == "dropped" ? "outbox drop" : "outbox replay", $"{what} of {call.GetRequiredValue(Sink)}{bounds}", count, stop);
        Console.Out.WriteLine($"{count} {what} {(call.GetValue(DryRun) ? "would be" : "are")} {done}");
    }
}
