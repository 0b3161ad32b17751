namespace Ingest.Storage.Postgres.Queue;

/// <summary>
/// The scripts beside this file. They have been run where the migration was applied: who changes one adds a migration that brings the change to those
/// databases, with functions that programs of the version before can still call.
/// </summary>
internal static class QueueScripts
{
    public static IReadOnlyList<string> InOrder { get; } = ["tables", "deliver", "groups", "claim", "answers", "dead", "status"];

    public static string Read(string script)
    {
        using var resource = typeof(QueueScripts).Assembly.GetManifestResourceStream(typeof(QueueScripts), $"{script}.sql")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
