using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>Two workers, one of them silent; none beside an empty catalog.</summary>
internal sealed class FakeWorkers(FakeNews news) : IWorkerRegistry
{
    public Task<Pulse> EnterAsync(CancellationToken stop) => throw new NotSupportedException();

    public Task<Pulse> BeatAsync(CancellationToken stop) => throw new NotSupportedException();

    public Task LeaveAsync(CancellationToken stop) => throw new NotSupportedException();

    public async Task<IReadOnlyList<WorkerSummary>> ListAsync(CancellationToken stop) => await news.ListFeedsAsync(1, stop) is { Count: 0 } ? [] :
    [
        new("one:1:0001", FakeNews.Hostile, "1.0", FakeNews.Now.AddDays(-2), FakeNews.Now, Silent: false),
        new("two:1:0002", "two", "1.1", FakeNews.Now.AddHours(-1), FakeNews.Now.AddSeconds(-17), Silent: true),
    ];
}
