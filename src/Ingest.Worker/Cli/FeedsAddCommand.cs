using System.CommandLine;
using System.Globalization;
using Ingest.Core.Feeds.Discovery;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest feeds add …</c>: a feed, or the feeds of a site.</summary>
internal static class FeedsAddCommand
{
    private const int MostShown = 20;

    private static readonly Argument<string[]> Urls = new("URL") { Description = "Addresses of feeds, or of sites whose feeds are to be found", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Title = new("--title") { Description = "A title until the feed tells its own", HelpName = "TEXT" };
    private static readonly Option<string[]> Tags = new("--tag") { Description = "A tag; may be given several times", HelpName = "TAG" };
    private static readonly Option<bool> First = new("--first") { Description = "Of several feeds of a site take the preferred one, without asking" };
    private static readonly Option<bool> AsIs = new("--as-is") { Description = "Take the address as a feed's without looking at it" };

    public static Command Build()
    {
        var command = new Command("add", "Subscribe to feeds; they are polled at the worker's next tick") { Urls, Title, Tags, First, AsIs, GlobalOptions.Json };
        command.SetAction(AddAsync);
        return command.WithExamples("ingest feeds add https://example.org/feed.xml --title \"Example news\" --tag News", "ingest feeds add https://example.org --first");
    }

    private static async Task<int> AddAsync(ParseResult call, CancellationToken stop)
    {
        var addresses = call.GetRequiredValue(Urls).Select(FeedUrl).ToList();
        await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
        var results = new List<AddResult>();
        foreach (var address in addresses)
        {
            var result = await AddAsync(call, tools, address, stop);
            results.Add(result);
            if (!call.GetValue(GlobalOptions.Json)) await TellAsync(result);
        }
        if (call.GetValue(GlobalOptions.Json)) Output.Json(results);
        return results.All(result => result.Feed is not null) ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static async Task<AddResult> AddAsync(ParseResult call, Toolbox tools, Uri address, CancellationToken stop)
    {
        if (call.GetValue(AsIs)) return await SubscribeAsync(call, tools, address, null, stop);
        switch (await tools.Get<FindFeeds>().RunAsync(address, stop))
        {
            case FeedSearch.IsFeed found:
                return await SubscribeAsync(call, tools, address, found.Feed.Title, stop);
            case FeedSearch.Choices choices:
                return Choose(call, choices.Feeds) is { } chosen
                    ? await SubscribeAsync(call, tools, chosen.Url, chosen.Source == CandidateSource.Guess ? chosen.Title : null, stop) with { Site = address, Choices = choices.Feeds }
                    : new AddResult(address) { Site = address, Choices = choices.Feeds, Error = "it has several feeds; take one of them, or the first with --first" };
            // Time may heal it, and the failure list shows whether it does.
            case FeedSearch.Nothing { Kind: FailureKind.Transient } nothing:
                return await SubscribeAsync(call, tools, address, null, stop) with { Note = $"taken as it is, for it could not be looked at: {nothing.Why}" };
            case FeedSearch.Nothing nothing:
                return new AddResult(address) { Error = $"{nothing.Why}; --as-is subscribes to it nevertheless" };
            default:
                throw new InvalidOperationException("a new kind of outcome");
        }
    }

    /// <summary>Null when there are several, and neither an option nor a person who could be asked says which.</summary>
    private static FeedCandidate? Choose(ParseResult call, IReadOnlyList<FeedCandidate> feeds)
    {
        if (call.GetValue(First) || feeds.Count(feed => !feed.IsComments) == 1 || feeds.Count == 1) return feeds[0];
        if (call.GetValue(GlobalOptions.Json) || Console.IsInputRedirected || Console.IsOutputRedirected) return null;
        Show(feeds);
        Console.Out.Write("Which one? [1] ");
        var answer = Console.In.ReadLine();
        if (string.IsNullOrWhiteSpace(answer)) return answer is null ? null : feeds[0];
        return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= feeds.Count ? feeds[number - 1] : null;
    }

    private static async Task<AddResult> SubscribeAsync(ParseResult call, Toolbox tools, Uri url, string? found, CancellationToken stop)
    {
        var now = tools.Get<TimeProvider>().GetUtcNow();
        var tags = (call.GetValue(Tags) ?? []).Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var title = call.GetValue(Title) ?? found;
        var added = (await tools.Get<ISubscriptionStore>().AddAsync([new Subscription(url, title) { Tags = tags }], now, stop))[0];
        var (feed, _) = await tools.Get<ICatalog>().AddFeedAsync(url, title, now, stop);
        if (added) await tools.AuditAsync("feeds add", feed.Url, 1, stop);
        return new AddResult(url) { Added = added, Feed = feed };
    }

    private static async Task TellAsync(AddResult result)
    {
        if (result.Feed is { } feed)
        {
            Console.Out.WriteLine(result.Added ? $"feed {feed.Id} added: {feed.Url}" : $"feed {feed.Id} was there already: {feed.Url}");
            if (result.Note is { } note) await Console.Error.WriteLineAsync($"ingest: {feed.Url}: {note}");
            return;
        }
        if (result.Choices is { } choices) Show(choices);
        await Console.Error.WriteLineAsync($"ingest: {result.Url}: {result.Error}");
    }

    private static void Show(IReadOnlyList<FeedCandidate> feeds) => Output.Table(["", "TITLE", "TYPE", "URL"],
    [
        .. feeds.Take(MostShown).Select((feed, place) => new string?[] { Output.Number(place + 1), Output.Short(feed.Title ?? "-", 50) + (feed.IsComments ? " (comments)" : ""), feed.Type?.Split(';')[0] ?? "-", feed.Url.AbsoluteUri }),
    ], "");

    public static Uri FeedUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Host.Length: > 0 }
        ? url
        : throw new UserErrorException($"'{text}' is not the address of a feed; give one that starts with http:// or https://");

    /// <summary>What came of one address.</summary>
    private sealed record AddResult(Uri Url)
    {
        public bool Added { get; init; }
        public FeedSummary? Feed { get; init; }

        /// <summary>The address that was given, where a feed of it was taken.</summary>
        public Uri? Site { get; init; }
        public IReadOnlyList<FeedCandidate>? Choices { get; init; }
        public string? Note { get; init; }
        public string? Error { get; init; }
    }
}
