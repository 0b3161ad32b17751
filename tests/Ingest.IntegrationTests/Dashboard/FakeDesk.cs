using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>Deliveries for the pages, without a database.</summary>
internal sealed class FakeDesk(FakeNews news) : IDeliveryDesk
{
    private IReadOnlyList<DeadLetter> Letters => [.. FakePages.DeadLetters().Where(letter => news.Deliveries.Any(sink => sink.Sink == letter.Sink))];

    public Task<IReadOnlyList<DeliverySummary>> ListAsync(CancellationToken stop) => news.Answer(news.Deliveries);

    public Task<IReadOnlyList<DeadLetter>> ListDeadAsync(string? sink, int most, CancellationToken stop) =>
        news.Answer<IReadOnlyList<DeadLetter>>([.. Letters.Where(letter => sink is null || letter.Sink == sink).Take(most)]);

    public Task<IReadOnlyList<ConsumerGroup>> ListConsumersAsync(CancellationToken stop) => news.Answer(news.Consumers);

    public Task<bool> ResumeAsync(string sink, CancellationToken stop) => news.Answer(news.Deliveries.Any(delivery => delivery.Sink == sink));

    public Task<int> ReplayDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop) =>
        news.Answer(Letters.Count(letter => letter.Sink == sink && (sequence is null || letter.Sequence == sequence)));

    public Task<long> ReplaySinceAsync(string sink, DateTimeOffset since, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<int> DropDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<long> DropWaitingAsync(string sink, DateTimeOffset before, bool dryRun, CancellationToken stop) => throw new NotSupportedException();

    public Task<bool> ForgetAsync(string sink, CancellationToken stop) => throw new NotSupportedException();
}
