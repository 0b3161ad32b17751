using System.CommandLine;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Failures;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest audit …</c></summary>
internal static class AuditCommand
{
    private const int DefaultMost = 50;

    public static Command Build() => new Command("audit", "See what was done by hand, by whom and when") { List() }.WithExamples("ingest audit list");

    private static Command List()
    {
        var most = new Option<int>("--limit") { Description = "At most this many, the latest first", DefaultValueFactory = _ => DefaultMost, HelpName = "N" };
        var command = new Command("list", "List what was done by hand, the latest first") { most, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var lines = await tools.Get<IAuditTrail>().ListAsync(before: null, call.GetValue(most), stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(lines);
            else Output.Table(["ID", "AT", "WHO", "FROM", "ADDRESS", "ACTION", "COUNT", "WHICH"], [.. lines.Select(Row)], "nothing was done by hand yet");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest audit list --limit 10", "ingest audit list --json");
    }

    private static string?[] Row(AuditItem line) =>
    [
        Output.Number(line.Id), Output.Instant(line.At), Output.Short(line.Who, 40), line.From.ToString().ToLowerInvariant(), line.Address ?? "-", line.Action, Output.Number(line.Count),
        Output.Short(line.Choice, 120),
    ];

    /// <summary>Notes what this command has done.</summary>
    public static Task AuditAsync(this Toolbox tools, string action, string choice, long count, CancellationToken stop) =>
        tools.Get<IAuditTrail>().RecordAsync(Hands.OfTheTerminal(), action, choice, count, stop);
}
