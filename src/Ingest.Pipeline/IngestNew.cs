using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>The new articles of a poll, ingested within its job, a few at a time.</summary>
public sealed class IngestNew(IngestArticle ingest, IArticleStore articles, IJobQueue jobs, IOptions<ScheduleOptions> options, TimeProvider clock)
{
    /// <summary>Returns how many were ingested; the others are in the failure list, or wait for their host. Only shutdown throws, after the rest has been given back.</summary>
    public async Task<int> RunAsync(IReadOnlyList<PendingArticle> fresh, string? owner, CancellationToken stop)
    {
        var ingested = 0;
        var left = fresh.Select(article => article.Id).ToHashSet();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ArticlesPerRefresh, CancellationToken = stop };
        try
        {
            await Parallel.ForEachAsync(fresh, parallel, async (article, token) =>
            {
                var outcome = await ingest.RunAsync(article, token);
                lock (left) left.Remove(article.Id);
                if (outcome is JobOutcome.Done) Interlocked.Increment(ref ingested);
                else if (outcome is JobOutcome.Failed failed)
                    await jobs.NoteFailureAsync(NamedJob.IngestArticle(new DueArticle(article.Id, article.Entry.Title, article.Url)), failed, token);
            });
        }
        catch (OperationCanceledException)
        {
            await articles.ReleaseAsync(left, owner, clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
        return ingested;
    }
}
