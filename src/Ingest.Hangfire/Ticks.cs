using System.Collections.Concurrent;
using Hangfire;
using Ingest.Pipeline;

namespace Ingest.Hangfire;

/// <summary>The recurring jobs. One that finds its predecessor at work on this worker ends at once: a tick under a backlog lasts until that is done.</summary>
public sealed class Ticks
{
    private readonly TicksAtWork _atWork;
    private readonly JobLifetime _lifetime;
    private readonly DispatchFeeds _dispatch;
    private readonly Reconcile _reconcile;
    private readonly Retain _retain;
    private readonly Tidy _tidy;

    internal Ticks(TicksAtWork atWork, JobLifetime lifetime, DispatchFeeds dispatch, Reconcile reconcile, Retain retain, Tidy tidy) =>
        (_atWork, _lifetime, _dispatch, _reconcile, _retain, _tidy) = (atWork, lifetime, dispatch, reconcile, retain, tidy);

    [JobDisplayName("Look for due feeds")]
    public Task DispatchAsync() => _atWork.RunAsync(nameof(DispatchAsync), () => _lifetime.RunAsync(_dispatch.RunAsync));

    [JobDisplayName("Look for due articles")]
    public Task ReconcileAsync() => _atWork.RunAsync(nameof(ReconcileAsync), () => _lifetime.RunAsync(_reconcile.RunAsync));

    [JobDisplayName("Take away what was kept long enough")]
    public Task RetainAsync() => _atWork.RunAsync(nameof(RetainAsync), () => _lifetime.RunAsync(_retain.RunAsync));

    [JobDisplayName("Take away what dead workers left")]
    public Task TidyAsync() => _atWork.RunAsync(nameof(TidyAsync), () => _lifetime.RunAsync(_tidy.RunAsync));
}

/// <summary>Which ticks this worker is at.</summary>
internal sealed class TicksAtWork
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    public async Task RunAsync(string name, Func<Task> work)
    {
        if (!_names.TryAdd(name, true)) return;
        try
        {
            await work();
        }
        finally
        {
            _names.TryRemove(name, out _);
        }
    }
}
