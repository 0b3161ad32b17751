using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Flow;

public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly RetryOptions Options = new() { BaseDelay = TimeSpan.FromSeconds(30), MaxDelay = TimeSpan.FromHours(6), MaxAttempts = 6 };

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 120)]
    [InlineData(3, 480)]
    [InlineData(20, 6 * 3600)]
    [InlineData(int.MaxValue, 6 * 3600)]
    public void Each_wait_is_four_times_the_last_up_to_the_longest_give_or_take_a_fifth(int attempts, int seconds)
    {
        var random = new Random(1);
        for (var i = 0; i < 100; i++) Assert.InRange(RetryPolicy.Delay(attempts, null, Options, random).TotalSeconds, seconds * 0.8, seconds * 1.2);
    }

    [Fact]
    public void Retry_after_is_a_lower_bound_even_beyond_the_longest_wait() =>
        Assert.Equal(TimeSpan.FromDays(1), RetryPolicy.Delay(1, TimeSpan.FromDays(1), Options, new Random(1)));

    [Fact]
    public void An_article_is_given_up_after_its_attempts_or_at_once_when_time_heals_nothing()
    {
        Assert.NotNull(RetryPolicy.NextArticleAttempt(FailureKind.Transient, 5, null, Options, Now, new Random(1)));
        Assert.Null(RetryPolicy.NextArticleAttempt(FailureKind.Transient, 6, null, Options, Now, new Random(1)));
        Assert.Null(RetryPolicy.NextArticleAttempt(FailureKind.Permanent, 1, null, Options, Now, new Random(1)));
    }

    [Fact]
    public void A_feed_is_never_given_up_but_for_poison()
    {
        Assert.NotNull(RetryPolicy.NextPoll(FailureKind.Transient, 1000, null, Options, Month, Now, new Random(1)));
        Assert.NotNull(RetryPolicy.NextPoll(FailureKind.Permanent, 1000, null, Options, Month, Now, new Random(1)));
        Assert.Null(RetryPolicy.NextPoll(FailureKind.Poison, 1, null, Options, Month, Now, new Random(1)));
    }

    [Theory]
    [InlineData("a server that stumbles", FailureKind.Transient, 1, 30)]
    [InlineData("a server that is down for some hours", FailureKind.Transient, 8, 6 * 3600)]
    [InlineData("a server that is down for days", FailureKind.Transient, 24, 4 * 6 * 3600)]
    [InlineData("a server that is down for ever", FailureKind.Transient, 1000, 30 * 86400)]
    [InlineData("a page that is not there", FailureKind.Permanent, 1, 6 * 3600)]
    [InlineData("a page that is not there after a day", FailureKind.Permanent, 3, 24 * 3600)]
    [InlineData("a page that never comes back", FailureKind.Permanent, 1000, 30 * 86400)]
    public void A_dead_feed_slows_down_to_once_a_month(string reason, FailureKind kind, int attempts, int seconds)
    {
        Assert.NotEmpty(reason);
        var next = RetryPolicy.NextPoll(kind, attempts, null, Options, Month, Now, new Random(1))!.Value;
        Assert.InRange((next - Now).TotalSeconds, seconds * 0.8, seconds * 1.2);
    }
}
