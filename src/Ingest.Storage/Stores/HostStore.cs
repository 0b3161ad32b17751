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

    public Task QuietenAsync(QuietHost host, CancellationToken stop) => ChangeAsync(host.Host, row =>
    {
        if (row.QuietUntil is null || row.QuietUntil < host.Until) row.QuietUntil = host.Until;
    }, stop);

    public Task SlowDownAsync(SlowHost host, CancellationToken stop) => ChangeAsync(host.Host, row =>
    {
        // Of two workers that slow it down at once, one counts.
        if (Slow(row)?.PauseAt(host.At) < host.Pause || row.SlowedAt is null) (row.SlowedBy, row.SlowedAt) = ((long)host.Pause.TotalMilliseconds, host.At);
    }, stop);

    public Task<RobotsCopy?> FindRobotsAsync(string host, CancellationToken stop) => database.ReadAsync(async context =>
    {
        var found = await context.Hosts.Where(row => row.Host == host && row.RobotsAt != null).Select(row => new { row.Robots, row.RobotsAt }).SingleOrDefaultAsync(stop);
        // Said expressly: a null array would become an empty body.
        return found is null ? null : new RobotsCopy(found.Robots is { } body ? (ReadOnlyMemory<byte>?)Archive.Decompress(body) : null, found.RobotsAt!.Value);
    }, stop);

    public Task SaveRobotsAsync(string host, RobotsCopy copy, CancellationToken stop)
    {
        var body = copy.Body is { } bytes ? Archive.Compress(bytes.Span) : null;
        return ChangeAsync(host, row => (row.Robots, row.RobotsAt) = (body, copy.At), stop);
    }

    private Task ChangeAsync(string host, Action<HostRow> change, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var row = await context.Hosts.SingleOrDefaultAsync(row => row.Host == host, stop);
        if (row is null) context.Hosts.Add(row = new HostRow { Host = host });
        change(row);
        await context.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Null when it never was slowed down.</summary>
    private static SlowHost? Slow(HostRow row) => row.SlowedAt is { } at ? new SlowHost(row.Host, TimeSpan.FromMilliseconds(row.SlowedBy), at) : null;
}
