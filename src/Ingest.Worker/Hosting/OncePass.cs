using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Hosting;

/// <summary>One full pass: every feed polled since its beginning, every article tried, every message delivered.</summary>
internal sealed class OncePass
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly ICatalog _catalog;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _begun;
    private readonly long _started;

    private OncePass(ICatalog catalog, TimeProvider clock) => (_catalog, _clock, _begun, _started) = (catalog, clock, clock.GetUtcNow(), clock.GetTimestamp());

    /// <summary>Makes every feed due.</summary>
    public static async Task<OncePass> BeginAsync(IServiceProvider services, CancellationToken stop)
    {
        var pass = new OncePass(services.GetRequiredService<ICatalog>(), services.GetRequiredService<TimeProvider>());
        await pass._catalog.MakeDueAsync(feedId: null, pass._begun, stop);
        return pass;
    }

    /// <summary>Returns when the pass is through, or when the worker is told to stop.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        try
        {
            while (!(await _catalog.BacklogAsync(_begun, stop)).IsEmpty) await Task.Delay(LookEvery, _clock, stop);
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the summary says what is left.
        }
    }

    public async Task<PassResult> ResultAsync() => new(
        _clock.GetElapsedTime(_started), await _catalog.BacklogAsync(_begun, CancellationToken.None), (await _catalog.CountAsync(CancellationToken.None)).Failures);
}

/// <summary>How a pass ended.</summary>
internal sealed record PassResult(TimeSpan Time, Backlog Left, int Failures);
