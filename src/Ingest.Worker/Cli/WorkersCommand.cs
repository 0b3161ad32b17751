using System.CommandLine;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest workers …</c></summary>
internal static class WorkersCommand
{
    public static Command Build() => new Command("workers", "See who works on this database") { List() }.WithExamples("ingest workers list");

    private static Command List()
    {
        var command = new Command("list", "List the workers that run, in the order of their starts") { GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var workers = await tools.Get<IWorkerRegistry>().ListAsync(stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(workers);
            else Output.Table(["WORKER", "STATE", "VERSION", "STARTED", "LAST SEEN"], [.. workers.Select(Row)], "no worker runs");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest workers list --json");
    }

    private static string?[] Row(WorkerSummary worker) =>
        [worker.Name, worker.Silent ? "silent" : "alive", worker.Version, Output.Instant(worker.StartedAt), Output.Instant(worker.SeenAt)];
}
