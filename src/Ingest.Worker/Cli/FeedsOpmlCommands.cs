using System.CommandLine;
using Ingest.Core.Feeds.Opml;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest feeds import …</c> and <c>ingest feeds export …</c>: lists of feeds in OPML, which every feed reader writes and reads.</summary>
internal static class FeedsOpmlCommands
{
    /// <summary>Feeds in one transaction: few enough that a worker beside it hardly waits.</summary>
    private const int Batch = 500;

    private const int BarWidth = 30;

    public static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "An OPML file; - reads standard input" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done" };
        var command = new Command("import", "Subscribe to the feeds of an OPML file; its folders become tags") { file, dryRun, GlobalOptions.Json };
        command.SetAction((call, stop) => ImportAsync(call, call.GetRequiredValue(file), call.GetValue(dryRun), stop));
        return command.WithExamples("ingest feeds import subscriptions.opml");
    }

    private static async Task<int> ImportAsync(ParseResult call, string file, bool dryRun, CancellationToken stop)
    {
        var document = OpmlReader.Read(await ReadAsync(file, stop)) ?? throw new UserErrorException($"{file} is not OPML: it has neither an opml element nor an outline");
        await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
        var isJson = call.GetValue(GlobalOptions.Json);
        var known = dryRun ? await KnownAsync(tools, stop) : null;
        var added = new List<OpmlFeed>();
        var present = new List<OpmlFeed>();
        foreach (var batch in document.Feeds.Chunk(Batch))
        {
            var isNew = known is not null ? [.. batch.Select(feed => !known.Contains(feed.Url.AbsoluteUri))]
                : await tools.Get<ISubscriptionStore>().AddAsync([.. batch.Select(SubscriptionOf)], tools.Get<TimeProvider>().GetUtcNow(), stop);
            foreach (var (feed, isAdded) in batch.Zip(isNew)) (isAdded ? added : present).Add(feed);
            if (!isJson) Progress(added.Count + present.Count, document.Feeds.Count);
        }
        if (added.Count > 0 && !dryRun) await tools.AuditAsync("feeds import", Path.GetFileName(file), added.Count, stop);
        if (isJson) Output.Json(Report(document, added, present, dryRun));
        else Tell(document, added, present, dryRun);
        return document.Refused.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static async Task<HashSet<string>> KnownAsync(Toolbox tools, CancellationToken stop) =>
        (await tools.Get<ISubscriptionStore>().ListAsync(stop)).Select(feed => feed.Url.AbsoluteUri).ToHashSet(StringComparer.Ordinal);

    private static async Task<byte[]> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            if (file != "-") return await File.ReadAllBytesAsync(file, stop);
            using var bytes = new MemoryStream();
            await Console.OpenStandardInput().CopyToAsync(bytes, stop);
            return bytes.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.SomeFailed, $"cannot read {file}: {(error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : error.Message)}", error);
        }
    }

    private static Subscription SubscriptionOf(OpmlFeed feed) => new(feed.Url, feed.Title) { SiteUrl = feed.SiteUrl, Tags = feed.Tags, Attributes = feed.Attributes };

    /// <summary>On a terminal only: a log wants lines.</summary>
    private static void Progress(int done, int all)
    {
        if (Console.IsErrorRedirected) return;
        var filled = all == 0 ? BarWidth : BarWidth * done / all;
        Console.Error.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {done} of {all}{(done == all ? "\n" : "")}");
    }

    private static object Report(OpmlDocument document, List<OpmlFeed> added, List<OpmlFeed> present, bool dryRun) => new
    {
        document.Title,
        dryRun,
        added = added.Select(Line),
        alreadyThere = present.Select(Line),
        document.Repeated,
        document.Refused,
    };

    private static object Line(OpmlFeed feed) => new { feed.Line, Url = feed.Url.AbsoluteUri, feed.Title, feed.Tags };

    private static void Tell(OpmlDocument document, List<OpmlFeed> added, List<OpmlFeed> present, bool dryRun)
    {
        foreach (var feed in present) Console.Out.WriteLine($"line {feed.Line}: there already: {feed.Url}");
        foreach (var repeated in document.Repeated) Console.Out.WriteLine($"line {repeated.Line}: named again: {Output.Short(repeated.Outline, 60)}: {repeated.Why}");
        foreach (var refused in document.Refused) Console.Out.WriteLine($"line {refused.Line}: refused: {Output.Short(refused.Outline, 60)}: {refused.Why}");
        Console.Out.WriteLine($"{added.Count} feeds {(dryRun ? "would be added" : "added")}, {present.Count} there already, {document.Repeated.Count} named again, {document.Refused.Count} refused");
    }

    public static Command Export()
    {
        var file = new Argument<string?>("FILE") { Description = "Where to write; standard output when none is given", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", "Write all feeds as OPML 2.0; tags become folders") { file, GlobalOptions.Json };
        command.SetAction((call, stop) => ExportAsync(call, call.GetValue(file), stop));
        return command.WithExamples("ingest feeds export subscriptions.opml");
    }

    private static async Task<int> ExportAsync(ParseResult call, string? file, CancellationToken stop)
    {
        await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
        var feeds = await tools.Get<ISubscriptionStore>().ListAsync(stop);
        if (call.GetValue(GlobalOptions.Json))
        {
            Output.Json(feeds);
            return ExitCodes.Done;
        }
        var opml = OpmlWriter.Write("Ingest", tools.Get<TimeProvider>().GetUtcNow(), feeds.Select(feed => new OpmlFeed(feed.Url, feed.Title) { SiteUrl = feed.SiteUrl, Tags = feed.Tags, Attributes = feed.Attributes }));
        try
        {
            if (file is null) await Console.OpenStandardOutput().WriteAsync(opml, stop);
            else await File.WriteAllBytesAsync(file, opml, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.SomeFailed, $"cannot write {file}: {error.Message}", error);
        }
        if (file is not null) Console.Out.WriteLine($"{feeds.Count} feeds written to {file}");
        return ExitCodes.Done;
    }
}
