using System.CommandLine;
using System.Text.Json;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest articles …</c></summary>
internal static class ArticlesCommand
{
    private const int DefaultMost = 50;

    public static Command Build() => new Command("articles", "Look at the articles") { List(), Show() }.WithExamples("ingest articles list --feed 3");

    private static Command List()
    {
        var feed = new Option<long?>("--feed") { Description = "Only of this feed", HelpName = "ID" };
        var most = new Option<int>("--limit") { Description = "At most this many, the latest first", DefaultValueFactory = _ => DefaultMost, HelpName = "N" };
        var command = new Command("list", "List the articles, the latest first") { feed, most, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var articles = await tools.Get<ICatalog>().ListArticlesAsync(call.GetValue(feed), before: null, call.GetValue(most), stop);
            if (call.GetValue(GlobalOptions.Json)) Output.Json(articles);
            else Output.Table(["ID", "STATE", "FEED", "WORDS", "REMOVED", "PUBLISHED", "TITLE"], [.. articles.Select(Row)], "no articles yet");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest articles list --feed 3 --limit 10");
    }

    private static string?[] Row(ArticleSummary article) =>
    [
        article.Id.ToString("D"), article.State, Output.Number(article.FeedId), Output.Number(article.WordCount), Output.Number(article.Removed),
        Output.Instant(article.PublishedAt), Output.Short(article.Title, 80),
    ];

    private static Command Show()
    {
        var id = new Argument<Guid>("ID") { Description = "The article's id, as articles list shows it" };
        var command = new Command("show", "Show one article: its cleaned text, and what was removed") { id, GlobalOptions.Json };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
            var article = await tools.Get<ICatalog>().FindArticleAsync(call.GetRequiredValue(id), stop)
                ?? throw new UserErrorException($"there is no article {call.GetRequiredValue(id)}; see: ingest articles list");
            using var data = article.Data is { } json ? JsonDocument.Parse(json) : null;
            if (call.GetValue(GlobalOptions.Json)) Output.Json(new { article.Summary, data = data?.RootElement });
            else Print(article.Summary, data?.RootElement);
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest articles show 01931f6e-7c1b-7d3a-9f00-2d9d5a6c1e11");
    }

    private static void Print(ArticleSummary summary, JsonElement? data)
    {
        Console.Out.WriteLine(summary.Title ?? "(no title)");
        Console.Out.WriteLine($"{summary.State}  {Output.Instant(summary.PublishedAt)}  {summary.Url}");
        Console.Out.WriteLine();
        if (data is not { } article) return;
        Console.Out.WriteLine(article.GetProperty("text").GetString());
        Console.Out.WriteLine();
        foreach (var removal in article.GetProperty("removed").EnumerateArray())
            Console.Out.WriteLine($"- {removal.GetProperty("kind").GetString()}: {Output.Short(removal.GetProperty("text").GetString(), 120)}");
    }
}
