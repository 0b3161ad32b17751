using Hangfire.Storage;
using Ingest.Pipeline.Ports;

namespace Ingest.Hangfire;

/// <summary>Which Hangfire job a target has: a hash in Hangfire's storage, set and removed in the transactions that change the job's state.</summary>
internal static class JobKeys
{
    private const string Field = "job";

    public static string? Find(IStorageConnection connection, Job job) => ((JobStorageConnection)connection).GetValueFromHash(KeyOf(job), Field);

    public static void Set(IWriteOnlyTransaction transaction, Job job, string id) => transaction.SetRangeInHash(KeyOf(job), [KeyValuePair.Create(Field, id)]);

    public static void Expire(IWriteOnlyTransaction transaction, Job job, TimeSpan time) => ((JobStorageTransaction)transaction).ExpireHash(KeyOf(job), time);

    public static void Persist(IWriteOnlyTransaction transaction, Job job) => ((JobStorageTransaction)transaction).PersistHash(KeyOf(job));

    public static void Remove(IWriteOnlyTransaction transaction, Job job) => transaction.RemoveHash(KeyOf(job));

    private static string KeyOf(Job job) => $"ingest:{job.Kind}:{job.Target}";
}
