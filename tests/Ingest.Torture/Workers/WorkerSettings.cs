namespace Ingest.Torture.Workers;

/// <summary>The workers' settings: everything in a hurry, so that a few minutes hold what days do.</summary>
internal static class WorkerSettings
{
    public static IReadOnlyDictionary<string, string> For(Stage stage) => new Dictionary<string, string>
    {
        ["Storage:Provider"] = "postgres",
        ["Storage:ConnectionString"] = stage.Postgres.Connection,
        ["Fetching:AllowedAddresses:0"] = "127.0.0.0/8",
        ["Fetching:HostDelay"] = "00:00:00",
        ["Fetching:HostConcurrency"] = "32",
        ["Fetching:Timeout"] = "00:00:05",
        ["Schedule:MinInterval"] = "00:00:05",
        ["Schedule:MaxInterval"] = "00:00:10",
        ["Schedule:Tick"] = "00:00:01",
        ["Schedule:Lease"] = "00:00:07",
        ["Retry:BaseDelay"] = "00:00:00.5",
        ["Retry:MaxDelay"] = "00:00:05",
        ["Retry:MaxAttempts"] = "100",
        ["Delivery:PollInterval"] = "00:00:00.5",
        ["Delivery:Lease"] = "00:00:06",
        ["Delivery:BaseDelay"] = "00:00:00.2",
        ["Delivery:MaxDelay"] = "00:00:02",
        // A receiver that fails for long is no reason to give a message up.
        ["Delivery:MaxAttempts"] = "1000",
        ["Sinks:JsonLines:jsonl:Path"] = stage.Disk.File,
        ["Sinks:JsonLines:jsonl:StartFrom"] = "beginning",
        ["Sinks:Webhook:webhook:Url"] = stage.Webhook.Url.AbsoluteUri,
        ["Sinks:Webhook:webhook:StartFrom"] = "beginning",
        ["Sinks:RabbitMq:rabbitmq:Uri"] = stage.Rabbit.Connection,
        ["Sinks:RabbitMq:rabbitmq:StartFrom"] = "beginning",
        ["Sinks:PostgresQueue:queue:StartFrom"] = "beginning",
    };
}
