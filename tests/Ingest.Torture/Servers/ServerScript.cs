namespace Ingest.Torture.Servers;

/// <summary>Where <c>tests/servers.sh</c> is, and whether this machine has what it runs.</summary>
internal static class ServerScript
{
    public static string Path { get; } = Find();

    public static bool HasPostgres => Directory.Exists("/usr/lib/postgresql") && Directory.GetDirectories("/usr/lib/postgresql").Any(version => File.Exists($"{version}/bin/postgres"));

    public static bool HasRabbit => File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Ingest.sln"))) return System.IO.Path.Combine(folder.FullName, "tests", "servers.sh");
        throw new InvalidOperationException("this program does not run inside the repository");
    }
}
