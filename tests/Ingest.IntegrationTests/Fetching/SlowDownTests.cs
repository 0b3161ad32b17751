using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>A host that says "too many requests" is asked more slowly, and slowly as before.</summary>
public sealed class SlowDownTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Fact]
    public void Each_refusal_doubles_the_pause_up_to_the_cap_and_those_of_one_wave_count_once()
    {
        var (slow, at) = ((SlowHost?)null, Now);
        var pauses = new List<double>();
        for (var i = 0; i < 9; i++, at += TimeSpan.FromSeconds(31))
        {
            slow = SlowHost.After(slow, "h", Usual, Most, at);
            pauses.Add(Math.Round(slow!.Pause.TotalSeconds));
            Assert.Null(SlowHost.After(slow, "h", Usual, Most, at.AddSeconds(29)));
        }
        Assert.Equal([1, 2, 4, 8, 16, 31, 60, 60, 60], pauses);
    }

    [Fact]
    public void The_pause_is_half_as_long_after_each_hour_and_is_forgotten_in_the_end()
    {
        var slow = new SlowHost("h", TimeSpan.FromSeconds(60), Now);
        Assert.Equal([60, 30, 15, 7.5], Enumerable.Range(0, 4).Select(hours => slow.PauseAt(Now.AddHours(hours)).TotalSeconds));
        Assert.Equal(TimeSpan.Zero, slow.PauseAt(Now + SlowHost.Forgotten));
        Assert.Equal(60, slow.PauseAt(Now.AddHours(-1)).TotalSeconds);
    }

    [Fact]
    public async Task After_a_429_the_host_is_asked_more_slowly_by_the_others_too()
    {
        await using var site = await TestSite.StartAsync();
        site.Status("/busy", 429).Text("/page", "well");
        using var stage = new FetchStage(options => options.MaxSlowDown = TimeSpan.FromSeconds(0.4));
        await stage.FailedAsync(site["/busy"]);
        Assert.True(await TimeOfThreeAsync(stage, site) > TimeSpan.FromSeconds(0.7));

        using var other = new FetchStage();
        // A busy machine may need more than one look.
        await Wait.UntilAsync(async () => await TimeOfThreeAsync(other, site) < TimeSpan.FromSeconds(0.7), "three requests without a pause");
        other.Throttle.Hear(new Pulse(1, [], []) { Slow = [new SlowHost(site.BaseUri.Authority, TimeSpan.FromSeconds(0.4), TimeProvider.System.GetUtcNow())] });
        Assert.True(await TimeOfThreeAsync(other, site) > TimeSpan.FromSeconds(0.7));
    }

    private static async Task<TimeSpan> TimeOfThreeAsync(FetchStage stage, TestSite site)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 3; i++) await stage.FetchedAsync(site["/page"]);
        return TimeProvider.System.GetElapsedTime(began);
    }
}
