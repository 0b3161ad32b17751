using System.Globalization;
using System.Reflection;

namespace Ingest.Pipeline;

/// <summary>This process as the others know it. <paramref name="Name"/> is another one after every start: containers reuse their hosts' names and process ids.</summary>
public sealed record WorkerIdentity(string Name, string Host, string Version)
{
    public static WorkerIdentity Create(Random random)
    {
        var host = Environment.MachineName;
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return new WorkerIdentity(string.Create(CultureInfo.InvariantCulture, $"{host}:{Environment.ProcessId}:{random.NextInt64():x16}"), host, version);
    }
}
