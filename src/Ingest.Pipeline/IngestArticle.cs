using System.Security.Cryptography;
using System.Text;
using Ingest.Core.Articles;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Messages;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline;

/// <summary>
/// One article: fetch its page, or take the feed's own full content → extract and clean → save article, raw page and outbox row in one
/// transaction.
/// </summary>
public sealed class IngestArticle(
    Fetcher fetcher, FurtherPages further, ArticleExtractor extractor, IArticleStore articles, JobBoundary boundary, ParsingAlone alone, LeaseHolder leases,
    OutboxSignal signal, Metrics metrics, TimeProvider clock, ILogger<IngestArticle> logger)
{
    private const string Accept = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1";

    /// <summary>A feed's own content counts as the whole article from this many words; a shorter one may be a teaser, and the page is fetched.</summary>
    private const int WholeArticleWords = 120;

    /// <summary>Ingests one leased article; what nobody holds any more has been done. Its faults end in the failure list; only shutdown throws.</summary>
    public async Task<JobOutcome> RunAsync(Guid articleId, CancellationToken stop)
    {
        var article = await articles.FindPendingAsync(articleId, stop);
        if (article?.LeaseOwner is not { } owner) return new JobOutcome.Done();
        return leases.IsMine(owner) ? await RunAsync(article, stop) : new JobOutcome.HeldBy(Lease.WorkerOf(owner));
    }

    /// <summary>The same, for a refresh that knows what it has just saved.</summary>
    internal async Task<JobOutcome> RunAsync(PendingArticle article, CancellationToken stop)
    {
        DateTimeOffset? deferred = null;
        try
        {
            var outcome = await boundary.RunAsync(Job.IngestArticle(article.Id), article.Attempts, article.LeaseOwner, async token =>
            {
                (deferred, var fault) = await IngestAsync(article, token);
                return fault;
            }, stop);
            return deferred is { } until ? new JobOutcome.Deferred(until) : outcome;
        }
        catch (OperationCanceledException)
        {
            await articles.ReleaseAsync([article.Id], article.LeaseOwner, clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Neither when it is ingested.</summary>
    private async Task<(DateTimeOffset? Deferred, JobFault? Fault)> IngestAsync(PendingArticle article, CancellationToken stop)
    {
        var host = (article.Url ?? article.Feed.Url).Authority;
        if (article.Deaths >= Poison.Quarantine) return (null, new JobFault(FailureKind.Poison, "the worker died while reading this article, more than once", host));
        if (await FromFeedAsync(article, stop) is { } own)
        {
            await SaveAsync(article, own, page: null, stop);
            return (null, null);
        }
        if (article.Url is null) return (null, new JobFault(FailureKind.Permanent, "the feed gives neither a link nor the whole text", host));
        switch (await fetcher.GetAsync(RequestFor(article, article.Url), stop))
        {
            case FetchOutcome.Fetched page:
                return await FromPageAsync(article, page, stop);
            case FetchOutcome.Deferred deferred:
                return (await DeferAsync(article, deferred.For, stop), null);
            case FetchOutcome.Failed failed:
                return (null, JobFault.Of(failed, host));
            default:
                return (null, new JobFault(FailureKind.Permanent, "a 304 to an unconditional request", host));
        }
    }

    private static FetchRequest RequestFor(PendingArticle article, Uri url) =>
        new(url, Accept) { Settings = article.Settings, SecretsFor = article.Feed.Url, ObeysRobots = true };

    /// <summary>Null when the feed does not carry the whole article.</summary>
    private async Task<CleanArticle?> FromFeedAsync(PendingArticle article, CancellationToken stop)
    {
        if (article.Entry.Content is not { } content) return null;
        var input = new PageInput(Encoding.UTF8.GetBytes(content), article.Entry.ContentIsHtml ? PageFormat.Html : PageFormat.PlainText)
        {
            ContentType = article.Entry.ContentIsHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
            Url = article.Url ?? article.Feed.Url,
            Hints = HintsOf(article),
        };
        var outcome = await ExtractAsync(article, input, stop);
        return outcome is ExtractionOutcome.Extracted { Article: { Quality.Truncated: false } own } && own.WordCount >= WholeArticleWords ? own : null;
    }

    private async Task<(DateTimeOffset? Deferred, JobFault? Fault)> FromPageAsync(PendingArticle article, FetchOutcome.Fetched page, CancellationToken stop)
    {
        var host = page.FinalUrl.Authority;
        if (FormatOf(page.Headers.ContentType) is not { } format) return (null, JobFault.Of(page, $"not HTML but {page.Headers.ContentType}", host));
        if (format is PageFormat.Html && JobFault.Before(page, article.Url!) is { } before) return (null, JobFault.Of(page, before, host));
        var first = await ExtractAsync(article, page, format, stop);
        var whole = await further.ReadAsync(
            isFirstTry: article.Attempts == 0, first, url => RequestFor(article, url),
            async more => FormatOf(more.Headers.ContentType) is { } its ? await ExtractAsync(article, more, its, stop) : null, stop);
        if (whole.Deferred is { } wait) return (await DeferAsync(article, wait, stop), null);
        if (whole.Failed is { } failed) return (null, JobFault.Of(failed, host));
        if (whole.Article is null) return (null, JobFault.Of(page, $"no article in the page: {(first as ExtractionOutcome.NoArticle)?.Why}", host));
        await SaveAsync(article, whole.Article, new RawPage(page.FinalUrl, page.Headers.ContentType, page.Body, clock.GetUtcNow()) { Visits = page.Visits }, stop);
        return (null, null);
    }

    private async Task<DateTimeOffset> DeferAsync(PendingArticle article, TimeSpan wait, CancellationToken stop)
    {
        var until = clock.GetUtcNow() + wait;
        await articles.ReleaseAsync([article.Id], article.LeaseOwner, until, stop);
        return until;
    }

    private Task<ExtractionOutcome> ExtractAsync(PendingArticle article, FetchOutcome.Fetched page, PageFormat format, CancellationToken stop) =>
        ExtractAsync(article, new PageInput(page.Body, format)
        {
            ContentType = page.Headers.ContentType,
            Url = page.FinalUrl,
            Use = new UseHeaders(page.Headers.Robots, page.Headers.TdmReservation, page.Headers.TdmPolicy),
            Hints = HintsOf(article),
        }, stop);

    private Task<ExtractionOutcome> ExtractAsync(PendingArticle article, PageInput input, CancellationToken stop) =>
        alone.RunAsync(article.Deaths, inHand => articles.MarkInHandAsync(article.Id, inHand, stop), () => extractor.Extract(input), stop);

    /// <summary>Null for what is neither HTML nor text. A page without a type is taken for HTML, as browsers do.</summary>
    private static PageFormat? FormatOf(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        null or "" or "text/html" or "application/xhtml+xml" or "application/xml" or "text/xml" => PageFormat.Html,
        "text/plain" => PageFormat.PlainText,
        _ => null,
    };

    private static EntryHints HintsOf(PendingArticle article) => new()
    {
        Title = article.Entry.Title,
        Summary = article.Entry.Summary,
        Authors = article.Entry.Authors,
        Tags = article.Entry.Tags,
        PublishedAt = article.Entry.PublishedAt,
        ModifiedAt = article.Entry.ModifiedAt,
        Language = article.Feed.Language,
        FeedTitle = article.Feed.Title,
    };

    private async Task SaveAsync(PendingArticle article, CleanArticle clean, RawPage? page, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clean.Text)));
        var message = new ArticleMessage(article, clean, hash, page?.FetchedAt ?? now);
        var data = message.Data();
        var labels = new MessageLabels(article.Feed.Id, article.Feed.Url, clean.Language, clean.Tags);
        var outbox = new OutboxMessage(0, message.Id, ArticleMessage.Created, now, labels, message.CloudEvent(data, now));
        if (!await articles.SaveIngestedAsync(new IngestedArticle(article.Id, clean, page, hash, data, outbox, now), stop)) return;
        metrics.Cleaned(clean);
        signal.Raise();
        Log.Ingested(logger, article.Id, article.Url?.AbsoluteUri, clean.WordCount, clean.Removed.Count);
    }
}
