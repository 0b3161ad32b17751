using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

/// <summary>Where there is one worker, it holds every host without writing that down; only what hosts asked for outlives it.</summary>
internal class HostStore(Database database) : IHostStore
{
    public virtual Task<IReadOnlyList<HostLease>> LeaseAsync(
        IReadOnlyCollection<string> hosts, string worker, DateTimeOffset now, DateTimeOffset until, TimeSpan gap, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<HostLease>>([.. hosts.Select(host => new HostLease(host, NotBefore: null, QuietUntil: null))]);

    public Task QuietenAsync(QuietHost host, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var row = await context.Hosts.SingleOrDefaultAsync(row => row.Host == host.Host, stop);
        if (row is null) context.Hosts.Add(row = new HostRow { Host = host.Host });
        if (row.QuietUntil is null || row.QuietUntil < host.Until) row.QuietUntil = host.Until;
        await context.SaveChangesAsync(stop);
    }, stop);
}
