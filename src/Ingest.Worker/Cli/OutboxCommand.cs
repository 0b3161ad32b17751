using System.CommandLine;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest outbox …</c></summary>
internal static class OutboxCommand
{
    public static Command Build() => new Command("outbox", "See how far delivery has come") { Status() }.WithExamples("ingest outbox status");

    private static Command Status()
    {
        var command = new Command("status", "Show each sink's place in the outbox") { GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var deliveries = await tools.Get<ICatalog>().ListDeliveriesAsync(stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(deliveries);
            else Output.Table(["SINK", "DELIVERED", "WAITING", "LAST DELIVERED", "ATTEMPTS", "NEXT ATTEMPT", "ERROR"], [.. deliveries.Select(Row)], "nothing has been delivered yet");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest outbox status --json");
    }

    private static string?[] Row(DeliverySummary delivery) =>
    [
        delivery.Sink, Output.Number(delivery.Delivered), Output.Number(delivery.Lag), Output.Instant(delivery.LastDeliveredAt), Output.Number(delivery.Attempts),
        Output.Instant(delivery.NextAttemptAt), Output.Short(delivery.LastError, 100),
    ];
}
