using Ingest.Pipeline.Options;

namespace Ingest.Delivery.PostgresQueue;

/// <summary>A queue in the PostgreSQL database that is the storage (sections <c>Sinks:PostgresQueue:NAME</c>).</summary>
public sealed class PostgresQueueOptions : SinkOptions;
