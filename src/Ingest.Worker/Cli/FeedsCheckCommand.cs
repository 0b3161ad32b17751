using System.CommandLine;
using System.Globalization;
using Ingest.Core.Feeds;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest feeds check …</c>: what a poll would meet, step by step, without a database.</summary>
internal static class FeedsCheckCommand
{
    private const int LatestShown = 3;

    private static readonly Argument<string> Url = new("URL") { Description = "The feed's address" };

    public static Command Build()
    {
        var command = new Command("check", "Tell what would happen to a feed, and why; nothing is stored") { Url, GlobalOptions.Json };
        command.SetAction(CheckAsync);
        return command.WithExamples("ingest feeds check https://example.org/feed.xml");
    }

    private static async Task<int> CheckAsync(ParseResult call, CancellationToken stop)
    {
        var url = FeedsAddCommand.FeedUrl(call.GetRequiredValue(Url));
        await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
        var check = await tools.Get<CheckFeed>().RunAsync(url, stop);
        var bounds = tools.Get<IOptions<ScheduleOptions>>().Value;
        if (call.GetValue(GlobalOptions.Json)) Output.Json(Report(check));
        else Output.Table(["CHECK", "FOUND"], [.. Lines(check, bounds)], "");
        if (check.Error is { } error && !call.GetValue(GlobalOptions.Json)) await Console.Error.WriteLineAsync($"ingest: {url}: {error}");
        return check.Error is null ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static IEnumerable<string?[]> Lines(FeedCheck check, ScheduleOptions bounds)
    {
        yield return ["address", check.Url.AbsoluteUri];
        yield return ["host", check.Addresses.Count == 0 ? $"{check.Url.IdnHost} is not known to the name servers" : string.Join(", ", check.Addresses.Select(address => address.Address + (address.Allowed ? "" : " (refused: not a public address)")))];
        foreach (var visit in check.Visits)
        {
            var led = visit.Headers.TryGetValue("location", out var location) ? $" to {location}" : "";
            yield return ["request", string.Create(CultureInfo.InvariantCulture, $"{visit.Url}: {(visit.Status is { } status ? $"HTTP {status}{led}" : "no answer")}, {visit.Took.TotalMilliseconds:0} ms, {visit.Bytes} bytes, from {visit.Remote ?? "-"}")];
        }
        if (check.MovedTo is { } moved) yield return ["moved", $"for good to {moved}; subscribe to that address"];
        if (check.Headers is not null) foreach (var line in HeaderLines(check)) yield return line;
        if (check.Feed is { } feed) foreach (var line in FeedLines(feed)) yield return line;
        foreach (var hub in check.Hubs) yield return ["hub", hub];
        if (check.Robots is { } robots) yield return ["robots.txt", Words(robots)];
        if (check.Advice is { } advice) yield return ["next poll", $"{Output.Instant(check.NextPoll)} by the dates of its entries, were it subscribed now; {Words(advice, bounds)}"];
        foreach (var candidate in check.Feeds) yield return ["names a feed", $"{candidate.Url} {candidate.Title}"];
    }

    private static IEnumerable<string?[]> HeaderLines(FeedCheck check)
    {
        var headers = check.Headers!;
        yield return ["content type", headers.ContentType ?? "not said"];
        yield return ["validators", (headers.ETag, headers.LastModified) switch
        {
            (null, null) => "none: every poll brings the whole document",
            var (etag, modified) => string.Join(", ", new[] { etag is null ? null : $"ETag {etag}", modified is null ? null : $"Last-Modified {modified}" }.OfType<string>()),
        }];
        yield return ["caching", check.Visits is [.., { Headers: var last }] && last.TryGetValue("cache-control", out var caching) ? caching : "not said"];
    }

    private static IEnumerable<string?[]> FeedLines(ParsedFeed feed)
    {
        yield return ["format", $"{feed.Format}, {feed.Encoding}{(feed.Malformed ? ", malformed and mended" : "")}"];
        yield return ["title", feed.Title ?? "-"];
        foreach (var problem in feed.Problems) yield return ["problem", ParseCommand.Words(problem)];
        if (feed.Sitemaps.Count > 0) yield return ["sitemaps", $"{feed.Sitemaps.Count}, of which a poll reads the newest"];
        var dates = feed.Entries.Select(entry => entry.Published ?? entry.Updated).OfType<DateTimeOffset>().Order().ToList();
        yield return ["entries", $"{feed.Entries.Count}, {feed.Entries.Count(entry => entry.Link is null)} without a link, {feed.Entries.Count - dates.Count} without a date"];
        if (dates.Count > 0) yield return ["dates", $"{Output.Instant(dates[0])} to {Output.Instant(dates[^1])}"];
        foreach (var entry in feed.Entries.Take(LatestShown)) yield return ["entry", $"{Output.Instant(entry.Published ?? entry.Updated)} {Output.Short(entry.Title ?? "-", 60)}"];
        yield return ["whole texts", $"{feed.Entries.Count(entry => entry.Content is not null)} of {feed.Entries.Count} entries carry their content; for the others, and where it is cut, the page is fetched"];
    }

    private static string Words(RobotsCheck robots)
    {
        var pause = robots.CrawlDelay is { } delay ? string.Create(CultureInfo.InvariantCulture, $"; it asks for {delay.TotalSeconds:0.#} s between requests") : "";
        return robots switch
        {
            { Error: { } error, Refused: > 0 } => $"{robots.Url} cannot be had ({error}): no page there is fetched until it can",
            { Error: not null } => $"{robots.Url} is not there: all {robots.Pages} pages may be fetched",
            { Rule: { } rule } => $"{robots.Url} forbids {robots.Refused} of {robots.Pages} pages, by line {rule.Line}: {rule.Rule}{pause}",
            _ => $"{robots.Url} allows all {robots.Pages} pages{pause}",
        };
    }

    private static string Words(PollAdvice advice, ScheduleOptions bounds)
    {
        var wish = advice.Interval is { } interval ? $"the publisher advises {Span(interval)} ({advice.Source})" : "the publisher advises nothing";
        return $"{wish}; bounds are {Span(bounds.MinInterval)} and {Span(bounds.MaxInterval)}";
    }

    private static string Span(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);

    private static object Report(FeedCheck check) => new
    {
        check.Url,
        check.Error,
        check.FinalUrl,
        check.MovedTo,
        check.Addresses,
        check.Visits,
        check.Headers,
        check.Robots,
        check.Hubs,
        check.Advice,
        check.NextPoll,
        namesFeeds = check.Feeds,
        feed = check.Feed is not { } feed ? null : new
        {
            feed.Format,
            feed.Encoding,
            feed.Malformed,
            feed.Title,
            feed.Language,
            feed.Problems,
            sitemaps = feed.Sitemaps.Count,
            entries = feed.Entries.Count,
            withContent = feed.Entries.Count(entry => entry.Content is not null),
            withoutLink = feed.Entries.Count(entry => entry.Link is null),
            oldest = feed.Entries.Min(entry => entry.Published ?? entry.Updated),
            newest = feed.Entries.Max(entry => entry.Published ?? entry.Updated),
        },
    };
}
