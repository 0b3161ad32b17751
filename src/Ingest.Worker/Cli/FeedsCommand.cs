using System.CommandLine;
using System.Globalization;
using Ingest.Pipeline;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest feeds …</c></summary>
internal static class FeedsCommand
{
    private static readonly Argument<long> Id = new("ID") { Description = "The feed's number, as feeds list shows it" };

    public static Command Build() => new Command("feeds", "Subscribe to feeds and look after them")
    {
        FeedsAddCommand.Build(), List(), Show(), FeedsOpmlCommands.Import(), FeedsOpmlCommands.Export(), FeedsCheckCommand.Build(), FeedsSetCommand.Build(), Remove(), Poll(),
    }.WithExamples("ingest feeds add https://example.org/feed.xml", "ingest feeds list --json");

    private static Command List()
    {
        var command = new Command("list", "List the feeds") { GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var feeds = await tools.Get<ICatalog>().ListFeedsAsync(int.MaxValue, stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(feeds);
            else Output.Table(["ID", "TITLE", "TAGS", "ARTICLES", "LAST POLLED", "NEXT DUE", "URL", "ERROR"], [.. feeds.Select(Row)], "no feeds yet; add one with: ingest feeds add URL");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest feeds list --json");
    }

    private static string?[] Row(FeedSummary feed) =>
    [
        Output.Number(feed.Id), Output.Short(feed.Title ?? "-", 40), Output.Short(TagsOf(feed), 40), Output.Number(feed.Articles), Output.Instant(feed.LastPolledAt), Output.Instant(feed.NextDueAt),
        feed.Url, Output.Short(feed.LastError, 60),
    ];

    private static string TagsOf(FeedSummary feed) => feed.Tags.Count == 0 ? "-" : string.Join(", ", feed.Tags);

    private static Command Show()
    {
        var command = new Command("show", "Show one feed") { Id, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var feed = await FindAsync(tools, call.GetRequiredValue(Id), stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(feed);
            else Print(feed);
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest feeds show 3");
    }

    private static async Task<FeedSummary> FindAsync(Toolbox tools, long id, CancellationToken stop) =>
        await tools.Get<ICatalog>().FindFeedAsync(id, stop) ?? throw NoSuchFeed(id);

    private static UserErrorException NoSuchFeed(long id) =>
        new(string.Create(CultureInfo.InvariantCulture, $"there is no feed {id}; see: ingest feeds list"));

    private static void Print(FeedSummary feed) => Output.Table(["FEED", Output.Number(feed.Id)],
    [
        ["title", feed.Title ?? "-"], ["url", feed.Url], ["site", feed.SiteUrl ?? "-"], ["language", feed.Language ?? "-"], ["pushed by", feed.Push is { } push ? HubWords.Of(push) : "-"], ["tags", TagsOf(feed)],
        ["articles", Output.Number(feed.Articles)], ["last polled", Output.Instant(feed.LastPolledAt)], ["next due", Output.Instant(feed.NextDueAt)],
        ["interval", feed.Interval?.ToString("c", CultureInfo.InvariantCulture) ?? "-"], ["failed attempts", Output.Number(feed.Attempts)], ["error", feed.LastError ?? "-"],
        ["asked", feed.Asked ?? "-"], ["moving to", feed.MovedTo ?? "-"], ["last answer", feed.LastAnswer is { } visit ? Words(visit) : "-"],
    ], "");

    private static string Words(FetchVisit visit) => string.Create(
        CultureInfo.InvariantCulture, $"{visit.Status} from {visit.Url} in {visit.Took.TotalSeconds:0.00} s, {visit.Bytes} bytes ({visit.WireBytes} on the way)");

    private static Command Remove()
    {
        var command = new Command("remove", "Unsubscribe; the articles stay") { Id };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var id = call.GetRequiredValue(Id);
            var feed = await FindAsync(tools, id, stop);
            if (!await tools.Get<ICatalog>().RemoveFeedAsync(id, stop)) throw NoSuchFeed(id);
            await tools.AuditAsync("feeds remove", string.Create(CultureInfo.InvariantCulture, $"feed={id} {feed.Url}"), 1, stop);
            Console.Out.WriteLine($"feed {id} removed");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest feeds remove 3");
    }

    private static Command Poll()
    {
        var ids = new Argument<long[]>("ID") { Description = "Feeds to poll; all when none is given", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("poll", "Poll feeds now, in this process; a worker delivers what they bring") { ids, GlobalOptions.Json };
        command.SetAction((call, stop) => PollAsync(call, call.GetValue(ids) ?? [], stop));
        return command.WithExamples("ingest feeds poll 3", "ingest feeds poll");
    }

    private static async Task<int> PollAsync(ParseResult call, long[] ids, CancellationToken stop)
    {
        await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
        var catalog = tools.Get<ICatalog>();
        foreach (var id in ids) await FindAsync(tools, id, stop);
        if (ids.Length == 0) ids = [.. (await catalog.ListFeedsAsync(int.MaxValue, stop)).Select(feed => feed.Id)];
        var polled = new List<FeedSummary>();
        foreach (var id in ids)
        {
            if (!await tools.Get<IFeedStore>().ClaimAsync(id, tools.Get<LeaseHolder>().Take(), stop))
            {
                await Console.Error.WriteLineAsync($"feed {id} is being polled at this moment");
                continue;
            }
            await tools.Get<RefreshFeed>().RunAsync(id, stop);
            var feed = await FindAsync(tools, id, stop);
            polled.Add(feed);
            if (!call.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(feed.LastError is { } error ? $"feed {id} failed: {error}" : $"feed {id} polled: {feed.Articles} articles");
        }
        await tools.AuditAsync("feeds poll", $"feed={string.Join(',', polled.Select(feed => Output.Number(feed.Id)))}", polled.Count, stop);
        if (call.GetValue(GlobalOptions.Json)) Output.Json(polled);
        return polled.Any(feed => feed.LastError is not null) ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}
