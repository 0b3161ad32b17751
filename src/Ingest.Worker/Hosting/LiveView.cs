using System.Globalization;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;
using Spectre.Console;

namespace Ingest.Worker.Hosting;

/// <summary>Progress as a person watches it: a panel that redraws on a terminal, plain lines where the output is piped.</summary>
internal sealed class LiveView(IServiceProvider services, Progress progress, TimeProvider clock, ILogger<LiveView> logger)
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(1);
    private const int KindsOnALine = 5;

    private readonly string _targets = string.Join(", ", services.GetRequiredService<IReadOnlyList<ConfiguredSink>>().Select(sink => sink.Target));

    /// <summary>Where to look: on the console, or in the log where a container's console is the log.</summary>
    public void Announce(string? url)
    {
        if (Logging.InContainer)
        {
            Log.Started(logger, url, _targets);
            return;
        }
        Console.Out.WriteLine($"pages:    {url}");
        Console.Out.WriteLine($"articles: {_targets}");
    }

    /// <summary>Shows progress until stopped.</summary>
    public Task ShowAsync(CancellationToken stop) => Console.IsOutputRedirected ? PrintAsync(stop) : DrawAsync(stop);

    /// <summary>The last word of a pass; returns the exit code.</summary>
    public int Summarize(PassResult result)
    {
        Console.Out.WriteLine(Line(progress.Snapshot()));
        // On a terminal the panel above has said it.
        foreach (var (kind, count) in Console.IsOutputRedirected ? progress.Snapshot().Removed : []) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,6}  {kind}"));
        var left = result.Left.IsEmpty ? "" : $", {result.Left.Feeds} feeds, {result.Left.Articles} articles and {result.Left.Messages} messages left for the next start";
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"pass ended after {result.Time.TotalSeconds:0.0} s: {result.Failures} in the failure list{left}; articles in {_targets}"));
        return result.Failures > 0 || !result.Left.IsEmpty ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private async Task PrintAsync(CancellationToken stop)
    {
        var last = "";
        while (!stop.IsCancellationRequested)
        {
            var line = Line(progress.Snapshot());
            if (line != last) Console.Out.WriteLine(last = line);
            await PauseAsync(LineEvery, stop);
        }
    }

    private Task DrawAsync(CancellationToken stop) => AnsiConsole.Live(Table(progress.Snapshot())).StartAsync(async live =>
    {
        while (!stop.IsCancellationRequested)
        {
            live.UpdateTarget(Table(progress.Snapshot()));
            await PauseAsync(RedrawEvery, stop);
        }
        live.UpdateTarget(Table(progress.Snapshot()));
    });

    private async Task PauseAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }

    private static string Line(ProgressSnapshot now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{now.Polled} polls, {now.Cleaned} articles cleaned, {now.RemovedInAll} pieces of residue removed{Kinds(now)}, {now.Delivered} articles delivered, {now.Failed} failed attempts");

    private static string Kinds(ProgressSnapshot now)
    {
        if (now.Removed.Count == 0) return "";
        var named = now.Removed.Take(KindsOnALine).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value} {kind.Key}"));
        return $" ({string.Join(", ", named)}{(now.Removed.Count > KindsOnALine ? " …" : "")})";
    }

    private static Table Table(ProgressSnapshot now)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("").AddColumn(new TableColumn("since the start").RightAligned());
        Row(table, "polls", now.Polled);
        Row(table, "articles cleaned", now.Cleaned);
        Row(table, "articles delivered", now.Delivered);
        Row(table, now.Failed > 0 ? "[yellow]failed attempts[/]" : "failed attempts", now.Failed);
        Row(table, "[bold]residue removed[/]", now.RemovedInAll);
        foreach (var (kind, count) in now.Removed) Row(table, $"[grey]  {Markup.Escape(kind)}[/]", count);
        return table;
    }

    private static void Row(Table table, string name, long number) => table.AddRow(name, number.ToString("N0", CultureInfo.InvariantCulture));
}
