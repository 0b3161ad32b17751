using System.Collections.Concurrent;
using Ingest.Pipeline;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>A fetcher with settings of a test's own, and nothing behind it but its memory.</summary>
internal sealed class FetchStage : IDisposable
{
    public FetchStage(Action<FetchingOptions>? change = null, AddressGuard.Resolver? resolver = null, TimeProvider? clock = null, HostMemory? hosts = null)
    {
        var options = new FetchingOptions { HostDelay = TimeSpan.Zero, HostConcurrency = 16 };
        options.AllowedAddresses.Add("127.0.0.0/8");
        change?.Invoke(options);
        clock ??= TimeProvider.System;
        hosts ??= new HostMemory();
        var guard = AddressGuard.TryCreate(options.AllowedAddresses, out _, options.AllowedPorts is { Count: > 0 } ports ? ports : FetchingOptions.UsualPorts, resolver)!;
        Throttle = new HostThrottle(Options.Create(options), hosts, new WorkerIdentity("test", "test", "0"), clock);
        Fetcher = new Fetcher(guard, Throttle, hosts, Options.Create(options), clock);
    }

    public Fetcher Fetcher { get; }
    public HostThrottle Throttle { get; }

    public Task<FetchOutcome> GetAsync(Uri url) => GetAsync(new FetchRequest(url, "*/*"));

    public Task<FetchOutcome> GetAsync(FetchRequest request) => Fetcher.GetAsync(request, TestContext.Current.CancellationToken);

    public async Task<FetchOutcome.Fetched> FetchedAsync(Uri url) => Assert.IsType<FetchOutcome.Fetched>(await GetAsync(url));

    public async Task<FetchOutcome.Failed> FailedAsync(Uri url) => Assert.IsType<FetchOutcome.Failed>(await GetAsync(url));

    public void Dispose() => Fetcher.Dispose();
}

/// <summary>The table of hosts, in memory.</summary>
internal sealed class HostMemory : IHostStore
{
    public ConcurrentDictionary<string, RobotsCopy> Robots { get; } = new();

    public Task<IReadOnlyList<HostLease>> LeaseAsync(
        IReadOnlyCollection<string> hosts, string worker, DateTimeOffset now, DateTimeOffset until, TimeSpan gap, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<HostLease>>([.. hosts.Select(host => new HostLease(host, null, null))]);

    public Task QuietenAsync(QuietHost host, CancellationToken stop) => Task.CompletedTask;

    public Task SlowDownAsync(SlowHost host, CancellationToken stop) => Task.CompletedTask;

    public Task<RobotsCopy?> FindRobotsAsync(string host, CancellationToken stop) => Task.FromResult(Robots.GetValueOrDefault(host));

    public Task SaveRobotsAsync(string host, RobotsCopy copy, CancellationToken stop)
    {
        Robots[host] = copy;
        return Task.CompletedTask;
    }
}
