using Ingest.Benchmarks.Pipeline;
using Ingest.Benchmarks.Schedule;

namespace Ingest.Benchmarks;

/// <summary>A benchmark and what it may be told.</summary>
/// <param name="Against">What it compares with; null where it compares with nothing that has a name.</param>
/// <param name="Options">The options that name a folder to take in place of the sample newsroom, the seeds of what is made up, or which newsroom; <paramref name="RunAsync"/> gets their values in this order, null where one is not given.</param>
internal sealed record Benchmark(string Name, string? Against, string[] Options, string Summary, Func<IReadOnlyList<string?>, CancellationToken, Task<Report>> RunAsync);

/// <summary>The benchmarks there are, and how they are called.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Usage = 2;

    private static readonly Benchmark[] All =
    [
        new("extract", "parse", ["--pages"], "bytes to clean article, against AngleSharp's parse alone", (given, stop) => ExtractBenchmark.RunAsync(given[0], stop)),
        new("quality", null, ["--seeds", "--designs"], "what is lost and what is left over on the sample newsroom's pages, by kind of residue (--seeds 1,2,3; --designs known, practice or unseen)",
            (given, stop) => QualityBenchmark.RunAsync(given[0], given[1], stop)),
        new("feeds", "xmlreader", ["--feeds"], "bytes to parsed feed, against XmlReader's nodes alone", (given, stop) => FeedsBenchmark.RunAsync(given[0], stop)),
        new("schedule", null, ["--seeds"], "two weeks of 2,000 feeds on virtual time, against fixed and weekly-frequency polling (--seeds 1,2,3)", (given, stop) => ScheduleBenchmark.RunAsync(given[0], stop)),
        new("claims", null, [], "leasing due feeds among 1,000, 10,000 and 100,000", (_, stop) => ClaimsBenchmark.RunAsync(folder: null, stop)),
        new("poll", null, [], "a refresh of an unchanged feed", (_, stop) => PollBenchmark.RunAsync(folder: null, stop)),
        new("pipeline", null, [], "feed to queued article on PostgreSQL, against extraction alone", (_, stop) => PipelineBenchmark.RunAsync(folder: null, stop)),
        new("cluster", null, [], "two workers against one, by the clock on the wall", (_, stop) => ClusterBenchmark.RunAsync(folder: null, stop)),
    ];

    public static async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        try
        {
            switch (args)
            {
                // Not in the help: what NewsroomProcess calls.
                case [NewsroomProcess.Verb, var articlesPerSite, var latency]:
                    await NewsroomProcess.ServeAsync(articlesPerSite, latency, stop);
                    return Done;
                case ["--help" or "-h", ..] or [_, "--help" or "-h"]:
                    PrintHelp();
                    return Done;
                default:
                    return Read(args, out var benchmark, out var given) is { } error ? Complain(error, Usage) : await RunAsync(benchmark!, given, stop);
            }
        }
        catch (OperationCanceledException)
        {
            return Complain("stopped before the end, or waited in vain for a delivery", Failed);
        }
#pragma warning disable CA1031 // The process boundary: a side that throws fails the benchmark.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Complain(error is InvalidOperationException ? error.Message : error.ToString(), Failed);
        }
    }

    private static async Task<int> RunAsync(Benchmark benchmark, IReadOnlyList<string?> given, CancellationToken stop)
    {
        var report = await benchmark.RunAsync(given, stop);
        foreach (var fault in report.Faults) Complain(fault, Failed);
        report.Print(Console.Out);
        return report.Faults.Count > 0 ? Failed : Done;
    }

    /// <summary>Returns what is wrong with the arguments; null when they are understood.</summary>
    private static string? Read(string[] args, out Benchmark? benchmark, out string?[] given)
    {
        given = [];
        benchmark = args.Length == 0 ? null : All.FirstOrDefault(known => known.Name == args[0]);
        var names = string.Join(", ", All.Select(known => known.Name));
        if (benchmark is null) return args.Length == 0 ? $"name a benchmark: {names}" : $"there is no benchmark '{args[0]}'; there are: {names}";
        given = new string?[benchmark.Options.Length];
        for (var i = 1; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return $"{args[i]} lacks its value";
            if (args[i] == "--against" && args[i + 1] == benchmark.Against) continue;
            if (args[i] == "--against") return $"{benchmark.Name} compares with {benchmark.Against ?? "nothing"}, not with '{args[i + 1]}'";
            var option = Array.IndexOf(benchmark.Options, args[i]);
            if (option < 0) return $"{benchmark.Name} does not know {args[i]} {args[i + 1]} (see --help)";
            given[option] = args[i + 1];
        }
        return null;
    }

    private static int Complain(string error, int code)
    {
        Console.Error.WriteLine($"benchmark: {error}");
        return code;
    }

    private static void PrintHelp()
    {
        Console.Out.WriteLine("Measures CPU time, both sides in turns in one process. Usage: dotnet run -c Release --project tests/Ingest.Benchmarks -- NAME [options]");
        foreach (var benchmark in All)
        {
            var against = benchmark.Against is null ? "" : $" --against {benchmark.Against}";
            var options = string.Concat(benchmark.Options.Select(option => $" [{option} {(option == "--seeds" ? "N,…" : option == "--designs" ? "GROUP" : "DIR")}]"));
            Console.Out.WriteLine($"  {benchmark.Name + against + options,-42}{benchmark.Summary}");
        }
        Console.Out.WriteLine("The input is made by the sample newsroom, always the same, unless a folder is given. Exit codes: 0 measured, 1 a side failed or gave nothing, 2 usage.");
    }
}
