using System.Globalization;
using System.Net.NetworkInformation;
using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;

namespace Ingest.Benchmarks;

/// <summary>Ten thousand feeds that have not changed, as a worker meets them hour after hour: claimed by the hundred, eight at a time, each answered 304.</summary>
internal static class SteadyPolls
{
    private const int Feeds = 10_000;
    private const int Claim = 100;
    private const int AtOnce = 8;

    /// <summary>What the second round of polls cost, in a line for a person.</summary>
    public static async Task<string> RunAsync(NewsroomProcess newsroom, CancellationToken stop)
    {
        await using var bench = await Workbench.OpenAsync(newsroom.BaseUri, stop);
        var feed = newsroom.World.Feeds.First(feed => feed.Validators == Validators.Both);
        var address = new Uri(newsroom.BaseUri, feed.Path);
        // Addresses that differ in what is never sent.
        var feeds = Enumerable.Range(0, Feeds).Select(number => new Subscription(new Uri($"{address}#{number}"), null)).ToList();
        await bench.Tools.Get<ISubscriptionStore>().AddAsync(feeds, bench.Tools.Get<TimeProvider>().GetUtcNow(), stop);
        await RoundAsync(bench, stop);
        await bench.Tools.Get<ICatalog>().MakeDueAsync(null, bench.Tools.Get<TimeProvider>().GetUtcNow(), stop);
        var (cpu, allocated, sent) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), LoopbackBytes());
        var unchanged = await RoundAsync(bench, stop);
        (cpu, allocated, sent) = (Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes() - allocated, LoopbackBytes() - sent);
        if (unchanged != Feeds) throw new InvalidOperationException($"{unchanged} of {Feeds} polls were answered 304");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"steady state, {Feeds} unchanged feeds: {cpu.TotalMilliseconds / Feeds:0.000} ms CPU, {allocated / 1024.0 / Feeds:0.0} KB allocated and {sent / Feeds} bytes on the wire a poll; "
            + $"{Environment.WorkingSet / 1024 / 1024} MB resident, {PeakMegabytes()} MB at most");
    }

    /// <summary>Polls everything that is due; how many polls were answered 304.</summary>
    private static async Task<int> RoundAsync(Workbench bench, CancellationToken stop)
    {
        var (store, leases, refresh) = (bench.Tools.Get<IFeedStore>(), bench.Tools.Get<LeaseHolder>(), bench.Tools.Get<RefreshFeed>());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        while (await store.ClaimDueAsync(Claim, leases.Take(), stop) is { Count: > 0 } due) await Parallel.ForEachAsync(due, parallel, async (feed, token) => await refresh.RunAsync(feed.Id, token));
        return (await bench.Tools.Get<ICatalog>().ListFeedsAsync(int.MaxValue, stop)).Count(feed => feed.LastAnswer?.Status == 304);
    }

    /// <summary>Both ways, with what TCP adds; of the whole machine, so nothing else should talk to itself meanwhile.</summary>
    private static long LoopbackBytes() =>
        NetworkInterface.GetAllNetworkInterfaces().Where(card => card.NetworkInterfaceType is NetworkInterfaceType.Loopback).Sum(card => card.GetIPStatistics().BytesReceived);

    private static long PeakMegabytes() => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
