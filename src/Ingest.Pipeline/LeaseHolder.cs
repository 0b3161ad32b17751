using System.Globalization;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Names this worker in leases. Each lease has a name of its own, so that a claim can be read back exactly.</summary>
public sealed class LeaseHolder(WorkerIdentity me, TimeProvider clock, IOptions<ScheduleOptions> options)
{
    private long _count;

    /// <summary>A lease of the configured length.</summary>
    public Lease Take() => Take(options.Value.Lease);

    public Lease Take(TimeSpan length)
    {
        var now = clock.GetUtcNow();
        var owner = string.Create(CultureInfo.InvariantCulture, $"{Lease.AllOf(me.Name)}{Interlocked.Increment(ref _count)}");
        return new Lease(owner, now, now + length);
    }

    /// <summary>Whether this worker has what a reminder is about. Another one may: this one had it, was silent for too long, and was taken for dead.</summary>
    public bool IsMine(string? owner) => owner is not null && owner.StartsWith(Lease.AllOf(me.Name), StringComparison.Ordinal);
}
