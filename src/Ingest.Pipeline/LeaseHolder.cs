using System.Globalization;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Names this worker in leases. Each lease has a name of its own, so that a claim can be read back exactly.</summary>
public sealed class LeaseHolder(TimeProvider clock, IOptions<ScheduleOptions> options)
{
    private readonly string _worker = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
    private long _count;

    /// <summary>A lease of the configured length.</summary>
    public Lease Take() => Take(options.Value.Lease);

    public Lease Take(TimeSpan length)
    {
        var now = clock.GetUtcNow();
        var owner = string.Create(CultureInfo.InvariantCulture, $"{_worker}/{now.ToUnixTimeMilliseconds()}/{Interlocked.Increment(ref _count)}");
        return new Lease(owner, now, now + length);
    }
}
