namespace Ingest.Pipeline.Ports;

/// <summary>A host that has said "too many requests" (429), and the pause between two that this led to at an instant.</summary>
public sealed record SlowHost(string Host, TimeSpan Pause, DateTimeOffset At)
{
    /// <summary>The pause is half as long after each of these.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromHours(1);

    /// <summary>A pause has worn off when it is shorter; the longest that can be set has by then.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(0.1);
    public static readonly TimeSpan Forgotten = HalfLife * 16;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Refusals so shortly after the latest are of requests that were on their way already.</summary>
    private static readonly TimeSpan OneWave = TimeSpan.FromSeconds(30);

    /// <summary>What is left of the pause.</summary>
    public TimeSpan PauseAt(DateTimeOffset now)
    {
        var left = Pause * Math.Pow(2, -Math.Max(0, (now - At) / HalfLife));
        return left < Least ? TimeSpan.Zero : left;
    }

    /// <summary>After one more refusal: twice the pause there is, from a second to <paramref name="most"/>. Null when it belongs to the same wave as the latest.</summary>
    public static SlowHost? After(SlowHost? former, string host, TimeSpan usual, TimeSpan most, DateTimeOffset now)
    {
        if (former is not null && now - former.At < OneWave) return null;
        var left = former?.PauseAt(now) ?? TimeSpan.Zero;
        var pause = (left > usual ? left : usual) * 2;
        if (pause < First) pause = First;
        return new SlowHost(host, pause < most ? pause : most, now);
    }
}
