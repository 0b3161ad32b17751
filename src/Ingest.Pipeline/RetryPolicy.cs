using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>When a failed job is tried again.</summary>
public static class RetryPolicy
{
    private const double JobGrowth = 4;
    private const double SinkGrowth = 2;

    /// <summary>Attempts of a feed before it is thought that time may not heal it soon: by default a day.</summary>
    private const int SoftAttempts = 8;

    /// <summary>Waits differ by up to this share, so that what failed together does not come back together.</summary>
    private const double Jitter = 0.2;

    /// <summary>
    /// The instant of the next attempt after <paramref name="attempts"/> failed ones; null when nothing more happens by itself.
    /// A server's Retry-After is a lower bound, even beyond <see cref="RetryOptions.MaxDelay"/>.
    /// </summary>
    public static DateTimeOffset? NextArticleAttempt(
        FailureKind kind, int attempts, TimeSpan? retryAfter, RetryOptions options, DateTimeOffset now, Random random) =>
        kind is FailureKind.Transient && attempts < options.MaxAttempts ? now + Delay(attempts, retryAfter, options, random) : null;

    /// <summary>
    /// The instant of a failed feed's next poll. Feeds are never given up: sites move, and come back. What time may heal waits as an article does, then twice as
    /// long after every eighth attempt; a permanent failure waits the longest time at once, and twice as long after each. Both end at <paramref name="longest"/>;
    /// only poison (null) needs a person.
    /// </summary>
    public static DateTimeOffset? NextPoll(
        FailureKind kind, int attempts, TimeSpan? retryAfter, RetryOptions options, TimeSpan longest, DateTimeOffset now, Random random) => kind switch
        {
            FailureKind.Transient when attempts <= SoftAttempts => now + Delay(attempts, retryAfter, options, random),
            FailureKind.Transient => now + Doubling(1 + ((attempts - SoftAttempts) / SoftAttempts), retryAfter, options.MaxDelay, Longer(longest, options.MaxDelay), random),
            FailureKind.Permanent => now + Doubling(attempts, retryAfter, options.MaxDelay, Longer(longest, options.MaxDelay), random),
            _ => null,
        };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Base × 4^(attempts − 1), at most the maximum, ± 20%.</summary>
    public static TimeSpan Delay(int attempts, TimeSpan? retryAfter, RetryOptions options, Random random) =>
        Grown(JobGrowth, attempts, retryAfter, options.BaseDelay, options.MaxDelay, random);

    /// <summary>Base × 2^(attempts − 1), at most the maximum, ± 20%: for a sink, which everything waits for.</summary>
    public static TimeSpan Doubling(int attempts, TimeSpan? retryAfter, TimeSpan baseDelay, TimeSpan maxDelay, Random random) =>
        Grown(SinkGrowth, attempts, retryAfter, baseDelay, maxDelay, random);

    private static TimeSpan Grown(double growth, int attempts, TimeSpan? retryAfter, TimeSpan baseDelay, TimeSpan maxDelay, Random random)
    {
        var grown = baseDelay.TotalSeconds * Math.Pow(growth, Math.Min(attempts, 30) - 1);
        var spread = 1 + Jitter * (2 * random.NextDouble() - 1);
        var delay = TimeSpan.FromSeconds(Math.Min(grown, maxDelay.TotalSeconds) * spread);
        return retryAfter > delay ? retryAfter.Value : delay;
    }
}
