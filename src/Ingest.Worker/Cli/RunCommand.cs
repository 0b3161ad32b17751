using System.CommandLine;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest run</c>: the worker, its pages and, with <c>--demo</c>, a sample newsroom to read.</summary>
internal static class RunCommand
{
    public const string HealthPath = "/health";
    public const string LivePath = "/health/live";

    public static Command Build()
    {
        var demo = new Option<bool>("--demo") { Description = "Start a sample newsroom on this machine and subscribe to its feeds" };
        var once = new Option<bool>("--once") { Description = "Poll every feed once, deliver everything, print a summary and end; exit code 1 when something failed" };
        var url = new Option<string?>("--url") { Description = "Where the pages are. Default http://localhost:8080 (Dashboard:Url)", HelpName = "URL" };
        var command = new Command("run", "Run the worker: poll feeds, clean their articles, deliver them; pages at http://localhost:8080") { demo, once, url };
        command.SetAction(async (call, stop) =>
        {
            var overrides = call.GetValue(url) is { } address ? new[] { KeyValuePair.Create<string, string?>("Dashboard:Url", address) } : [];
            var settings = GlobalOptions.Settings(call, overrides);
            return await WorkerHost.RunAsync(new RunRequest(settings, call.GetValue(demo), call.GetValue(once)), stop);
        });
        return command.WithExamples("ingest run --demo", "ingest run --demo --once --data /tmp/try", "ingest run --config ingest.json");
    }
}

/// <summary>What <c>ingest run</c> was asked for.</summary>
internal sealed record RunRequest(Settings Settings, bool Demo, bool Once);
