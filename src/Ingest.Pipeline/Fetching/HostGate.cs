using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline.Fetching;

/// <summary>One host's requests of this worker: so many at a time, their starts so far apart. Thread-safe.</summary>
internal sealed class HostGate
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _running;
    private DateTimeOffset _lastAsked;
    private DateTimeOffset _nextStart;
    private DateTimeOffset _notBefore;
    private DateTimeOffset _heldUntil;
    private DateTimeOffset _refusedUntil;
    private DateTimeOffset _quietUntil;
    private SlowHost? _slow;
    private TimeSpan _crawlDelay;
    private Task _asking = Task.CompletedTask;

    /// <summary>How long this worker may still start requests, and how long it need not ask whether it may.</summary>
    public (TimeSpan Held, TimeSpan Refused) LeaseAt(DateTimeOffset now)
    {
        lock (_gate) return (_heldUntil - now, _refusedUntil - now);
    }

    public TimeSpan QuietAt(DateTimeOffset now)
    {
        lock (_gate) return _quietUntil - now;
    }

    /// <summary>Asks for the lease; one question serves all who wait for it.</summary>
    public Task AskOnce(Func<Task> ask)
    {
        lock (_gate) return _asking.IsCompleted ? _asking = ask() : _asking;
    }

    /// <summary>Waits until fewer than <paramref name="most"/> run.</summary>
    public async Task EnterAsync(int most, CancellationToken stop)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue(turn);
            Admit(most);
        }
        await using var cancelled = stop.UnsafeRegister(_ => turn.TrySetCanceled(stop), null);
        await turn.Task;
    }

    public void Exit(int most)
    {
        lock (_gate)
        {
            _running--;
            Admit(most);
        }
    }

    private void Admit(int most)
    {
        while (_running < most && _waiting.TryDequeue(out var next))
            if (next.TrySetResult()) _running++;
    }

    /// <summary>The next start that is far enough from the others, this worker's and those of the host's former holder; nobody else gets it.</summary>
    public DateTimeOffset ReserveStart(DateTimeOffset now, TimeSpan gap)
    {
        lock (_gate)
        {
            // The clock was set back: what was planned by it moves along.
            if (now < _lastAsked) _nextStart -= _lastAsked - now;
            _lastAsked = now;
            var earliest = _nextStart > _notBefore ? _nextStart : _notBefore;
            var start = earliest > now ? earliest : now;
            _nextStart = start + gap;
            return start;
        }
    }

    /// <summary>False when another worker had the host since the start was reserved.</summary>
    public bool Stands(DateTimeOffset start)
    {
        lock (_gate) return start >= _notBefore;
    }

    /// <param name="lease">It counts the usual pause only.</param>
    public void Hold(HostLease lease, DateTimeOffset until, DateTimeOffset now, TimeSpan usual)
    {
        if (lease.Slow is { } slow) Slow(slow);
        lock (_gate)
        {
            _heldUntil = until;
            var notBefore = lease.NotBefore + (PauseAt(now, usual) - usual);
            if (notBefore > _notBefore) _notBefore = notBefore.Value;
        }
        if (lease.QuietUntil is { } quiet) Quieten(quiet);
    }

    /// <summary>The least time between two starts: the usual one, what robots.txt asks for, or what 429s have led to.</summary>
    public TimeSpan PauseAt(DateTimeOffset now, TimeSpan usual)
    {
        lock (_gate) return Longest(usual, _crawlDelay, _slow?.PauseAt(now) ?? TimeSpan.Zero);
    }

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> pauses)
    {
        var longest = TimeSpan.Zero;
        foreach (var pause in pauses) longest = pause > longest ? pause : longest;
        return longest;
    }

    public void KeepCrawlDelay(TimeSpan delay)
    {
        lock (_gate) _crawlDelay = delay;
    }

    /// <summary>What another worker found; the latest counts.</summary>
    public void Slow(SlowHost slow)
    {
        lock (_gate)
            if (_slow is null || slow.At > _slow.At) _slow = slow;
    }

    /// <summary>One more refusal; null when it belongs to the same wave as the latest.</summary>
    public SlowHost? SlowDown(string host, TimeSpan usual, TimeSpan most, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (SlowHost.After(_slow, host, usual, most, now) is not { } slow) return null;
            return _slow = slow;
        }
    }

    public void Refuse(DateTimeOffset until)
    {
        lock (_gate) (_heldUntil, _refusedUntil) = (default, until);
    }

    /// <summary>The longest wish stands; true when this is it.</summary>
    public bool Quieten(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (until <= _quietUntil) return false;
            _quietUntil = until;
            return true;
        }
    }
}
