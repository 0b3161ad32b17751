using System.Diagnostics;
using System.Globalization;
using Ingest.Newsroom;

namespace Ingest.Benchmarks;

/// <summary>The sample newsroom in a process of its own, so that what it costs to serve is nobody's.</summary>
internal sealed class NewsroomProcess : IAsyncDisposable
{
    /// <summary>What this program is called with in that process.</summary>
    public const string Verb = "serve";

    private readonly Process _process;

    private NewsroomProcess(Process process, NewsWorld world, Uri baseUri) => (_process, World, BaseUri) = (process, world, baseUri);

    /// <summary>What is served there: the same options make the same world here.</summary>
    public NewsWorld World { get; }
    public Uri BaseUri { get; }

    public static Task<NewsroomProcess> StartAsync(int articlesPerSite, CancellationToken stop) => StartAsync(articlesPerSite, latencyMilliseconds: 0, stop);

    /// <param name="latencyMilliseconds">Waited before each answer.</param>
    public static async Task<NewsroomProcess> StartAsync(int articlesPerSite, int latencyMilliseconds, CancellationToken stop)
    {
        var process = Process.Start(Call(articlesPerSite, latencyMilliseconds)) ?? throw new InvalidOperationException("the newsroom's process did not start");
        var address = await process.StandardOutput.ReadLineAsync(stop) ?? throw new InvalidOperationException("the newsroom did not say where it is");
        return new NewsroomProcess(process, NewsWorld.Generate(Options(articlesPerSite, latencyMilliseconds)), new Uri(address));
    }

    /// <summary>That process's own life: serves until its standard input ends, which it does when the caller dies.</summary>
    public static async Task ServeAsync(string articlesPerSite, string latencyMilliseconds, CancellationToken stop)
    {
        var options = Options(int.Parse(articlesPerSite, CultureInfo.InvariantCulture), int.Parse(latencyMilliseconds, CultureInfo.InvariantCulture));
        await using var newsroom = await NewsroomServer.StartAsync(options, stop);
        Console.Out.WriteLine(newsroom.BaseUri);
        await Console.In.ReadToEndAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static NewsroomOptions Options(int articlesPerSite, int latencyMilliseconds) =>
        new() { ArticlesPerSite = articlesPerSite, Latency = TimeSpan.FromMilliseconds(latencyMilliseconds) };

    private static ProcessStartInfo Call(int articlesPerSite, int latencyMilliseconds)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("this process does not know its program");
        var call = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Started as `dotnet Ingest.Benchmarks.dll`, the program is the host and the first argument ours.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") call.ArgumentList.Add(typeof(NewsroomProcess).Assembly.Location);
        call.ArgumentList.Add(Verb);
        call.ArgumentList.Add(articlesPerSite.ToString(CultureInfo.InvariantCulture));
        call.ArgumentList.Add(latencyMilliseconds.ToString(CultureInfo.InvariantCulture));
        return call;
    }
}
