namespace Ingest.Torture.Faults;

/// <summary>What is done to the program and to its neighbours.</summary>
internal enum FaultKind
{
    /// <summary>kill -9 of a worker, which is started again a little later.</summary>
    WorkerKill,

    /// <summary>A worker stands still for longer than its leases, and then goes on as if nothing had been.</summary>
    WorkerFreeze,

    /// <summary>An immediate stop of PostgreSQL: no checkpoint, every connection cut; a recovery at the next start.</summary>
    DatabaseStop,

    /// <summary>kill -9 of the RabbitMQ node.</summary>
    BrokerKill,

    /// <summary>The webhook's receiver answers 500 and 429, hangs, and takes messages without saying so.</summary>
    WebhookStorm,

    /// <summary>The file system of the JSON Lines file is full.</summary>
    DiskFull,

    /// <summary>kill -9 of a consumer of the queue, in the middle of what it claimed.</summary>
    ConsumerKill,
}
