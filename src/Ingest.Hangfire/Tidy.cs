using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Ingest.Pipeline.Ports;

namespace Ingest.Hangfire;

/// <summary>
/// Recurring: takes away the recurring jobs and the queues of workers that are gone. Their targets are due in the database and came to other workers long before;
/// what lies in the queues are reminders that nobody fetches.
/// </summary>
internal sealed class Tidy(JobStorage storage, IBackgroundJobClient client, Recurrence recurrence, IWorkerRegistry registry)
{
    /// <summary>Hangfire's fetch waits for a job when there is none; this is how long.</summary>
    private static readonly TimeSpan Fetch = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken stop)
    {
        // The workers are asked last: one that begins meanwhile is among them.
        var recurring = recurrence.Workers();
        var queues = storage.GetMonitoringApi().Queues().Select(queue => queue.Name).ToList();
        var there = (await registry.ListAsync(stop)).Select(worker => Queues.Of(worker.Name).Worker).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in recurring.Where(worker => !there.Contains(worker))) recurrence.Remove(gone);
        foreach (var queue in queues.Where(queue => Queues.WorkerOfQueue(queue) is { } worker && !there.Contains(worker))) Empty(queue, stop);
    }

    private void Empty(string queue, CancellationToken stop)
    {
        using var connection = storage.GetConnection();
        while (Next(connection, queue, stop) is { } left)
        {
            using (left)
            {
                // A tick has no other reminder, and would stay enqueued for ever.
                if (connection.GetJobData(left.JobId)?.Job?.Type == typeof(Ticks)) client.ChangeState(left.JobId, new DeletedState { Reason = "Its worker is gone" });
                left.RemoveFromQueue();
            }
        }
    }

    private static IFetchedJob? Next(IStorageConnection connection, string queue, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Fetch);
        try
        {
            return connection.FetchNextJob([queue], patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
