using Ingest.Core.Articles;
using Ingest.Core.Articles.Paging;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>What is read of an article beyond its first page: the pages that follow it, and its form for print or mobile readers where the page itself has next to nothing.</summary>
public sealed class FurtherPages(Fetcher fetcher, IOptions<ArticlesOptions> options)
{
    /// <summary>A page with fewer words is a teaser, a gate or filled in by script.</summary>
    private const int ThinWords = 60;

    /// <summary>Another form is taken where it has so many times the words.</summary>
    private const int ClearlyMore = 2;

    /// <summary>The whole article; why it cannot be read now; or neither where there is none.</summary>
    /// <param name="isFirstTry">A page that is away for the moment is worth another try; after that, the article is taken without it.</param>
    /// <param name="first">What the first page gave.</param>
    /// <param name="request">How an address is asked for.</param>
    /// <param name="extractAsync">Reads a page.</param>
    /// <param name="stop">Ends waiting.</param>
    internal async Task<Reading> ReadAsync(
        bool isFirstTry, ExtractionOutcome first, Func<Uri, FetchRequest> request, Func<FetchOutcome.Fetched, Task<ExtractionOutcome?>> extractAsync, CancellationToken stop)
    {
        var article = (first as ExtractionOutcome.Extracted)?.Article;
        if ((article?.WordCount ?? 0) < ThinWords && await OtherFormAsync(article, first.Links, request, extractAsync, stop) is { } other) return other;
        if (article is null) return new Reading(null);
        var (pages, next, most) = (new List<CleanArticle> { article }, first.Links.Next, options.Value.MaxPages);
        while (next is not null && pages.Count < most)
        {
            var outcome = await fetcher.GetAsync(request(next), stop);
            if (outcome is FetchOutcome.Deferred deferred) return new Reading(null) { Deferred = deferred.For };
            if (outcome is FetchOutcome.Failed { Kind: FailureKind.Transient } failed && isFirstTry) return new Reading(null) { Failed = failed };
            var read = outcome is FetchOutcome.Fetched page ? await extractAsync(page) : null;
            if (read is not ExtractionOutcome.Extracted { Article: var more }) break;
            pages.Add(more);
            next = read.Links.Next;
        }
        return new Reading(ArticlePages.Join(pages, isCut: next is not null));
    }

    /// <summary>Null where no other form has clearly more.</summary>
    private async Task<Reading?> OtherFormAsync(
        CleanArticle? article, ArticleLinks links, Func<Uri, FetchRequest> request, Func<FetchOutcome.Fetched, Task<ExtractionOutcome?>> extractAsync, CancellationToken stop)
    {
        foreach (var form in new[] { links.Print, links.Amp })
        {
            if (form is null) continue;
            var outcome = await fetcher.GetAsync(request(form), stop);
            if (outcome is FetchOutcome.Deferred deferred) return new Reading(null) { Deferred = deferred.For };
            if (outcome is FetchOutcome.Fetched page && await extractAsync(page) is ExtractionOutcome.Extracted { Article: var other } && other.WordCount >= Math.Max(1, ClearlyMore * (article?.WordCount ?? 0)))
                return new Reading(other);
        }
        return null;
    }

    /// <param name="Article">Null where there is none, or not yet.</param>
    internal sealed record Reading(CleanArticle? Article)
    {
        public TimeSpan? Deferred { get; init; }
        public FetchOutcome.Failed? Failed { get; init; }
    }
}
