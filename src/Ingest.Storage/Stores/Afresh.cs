using Ingest.Pipeline.Ports;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

/// <summary>Counts the attempts of a job anew that had been given up and that a person asks for.</summary>
internal static class Afresh
{
    public static Task<int> BeginAsync(IngestDbContext context, Job job, CancellationToken stop) => context.Failures
        .Where(row => row.Job == job.Kind && row.Target == job.Target && row.NextRetryAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, 0), stop);
}
