using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>Deliveries for the pages, without a database.</summary>
internal sealed class FakeDesk(FakeNews news) : IDeliveryDesk
{
    public Task<IReadOnlyList<DeliverySummary>> ListAsync(CancellationToken stop) => news.Answer(news.Deliveries);

    public Task<IReadOnlyList<ConsumerGroup>> ListConsumersAsync(CancellationToken stop) => news.Answer(news.Consumers);

    public Task<IReadOnlyList<DeadLetter>> ListDeadAsync(string? sink, int most, CancellationToken stop) => news.Answer<IReadOnlyList<DeadLetter>>([]);

    public Task<bool> ResumeAsync(string sink, CancellationToken stop) => throw new NotSupportedException();

    public Task<int> ReplayDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<long> ReplaySinceAsync(string sink, DateTimeOffset since, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<int> DropDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<long> DropWaitingAsync(string sink, DateTimeOffset before, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<bool> ForgetAsync(string sink, CancellationToken stop) => throw new NotSupportedException();
}
