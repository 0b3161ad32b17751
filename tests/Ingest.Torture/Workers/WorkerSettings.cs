namespace Ingest.Torture.Workers;

/// <summary>The workers' settings: everything in a hurry, so that a few minutes hold what days do.</summary>
internal static class WorkerSettings
{
    private const string Secret = "whsec_dG9ydHVyZSBrbm93cyBubyBzZWNyZXRzIGF0IGFsbA==";

    public static IReadOnlyDictionary<string, string> For(Stage stage, IReadOnlySet<SinkKind> sinks) => new Dictionary<string, string>(sinks.Select(sink => Sink(stage, sink)).SelectMany(sink => sink))
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
    };

    /// <summary>Each sink begins at the beginning: the first worker may bring articles before the last sink is known.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Sink(Stage stage, SinkKind sink)
    {
        (string Name, (string Key, string Value)[] Options) own = sink switch
        {
            SinkKind.RabbitMq => ("rabbitmq", [("Uri", stage.Rabbit.Connection)]),
            SinkKind.Webhook => ("webhook", [("Url", stage.Webhook.Url.AbsoluteUri), ("Secrets:0", Secret), ("AllowedAddresses:0", "127.0.0.0/8"), ("Timeout", "00:00:01")]),
            SinkKind.JsonLines => ("jsonl", [("Path", stage.Disk.File)]),
            _ => ("queue", []),
        };
        return own.Options.Append(("StartFrom", "beginning")).Select(option => KeyValuePair.Create($"Sinks:{sink}:{own.Name}:{option.Item1}", option.Item2));
    }
}
