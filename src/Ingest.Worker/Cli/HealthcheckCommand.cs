using System.CommandLine;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest healthcheck</c>: for a container's health probe, which has no curl.</summary>
internal static class HealthcheckCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Command Build()
    {
        var command = new Command("healthcheck", "Ask the running worker how it is; exit code 0 when it is well");
        command.SetAction((call, stop) => CheckAsync(call, stop));
        return command.WithExamples("ingest healthcheck", "INGEST_Dashboard__Url=http://localhost:9090 ingest healthcheck");
    }

    private static async Task<int> CheckAsync(ParseResult call, CancellationToken stop)
    {
        await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
        var configured = new Uri(tools.Get<IOptions<DashboardOptions>>().Value.Url);
        // A worker that listens everywhere listens here too.
        var address = new UriBuilder(configured) { Host = configured.IsLoopback ? configured.Host : "127.0.0.1", Path = RunCommand.HealthPath }.Uri;
        try
        {
            using var http = new HttpClient { Timeout = Timeout };
            using var response = await http.GetAsync(address, stop);
            Console.Out.WriteLine(response.IsSuccessStatusCode ? "healthy" : $"unhealthy: HTTP {(int)response.StatusCode} from {address}");
            return response.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.SomeFailed;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            Console.Out.WriteLine($"unhealthy: no worker answers at {address} ({error.Message})");
            return ExitCodes.SomeFailed;
        }
    }
}
