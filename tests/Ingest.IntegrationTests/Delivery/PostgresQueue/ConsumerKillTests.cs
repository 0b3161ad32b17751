using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>The consumers of the examples under fire. Their table has no key: an article that was taken twice would stand in it twice.</summary>
public sealed class ConsumerKillTests
{
    private const int Articles = 10_000;
    private const int Kills = 20;
    private const int CutConnections = 6;

    [Fact]
    public async Task Consumers_in_Python_and_CSharp_killed_at_random_take_each_article_exactly_once()
    {
        await ConsumerProcess.NeedPythonAsync();
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(Articles);
        await using var role = await ConsumerRole.CreateAsync(queue);
        using var folder = new TempFolder();
        var program = await ConsumerProcess.BuildAsync(folder.Path);
        List<ConsumerProcess> consumers = [ConsumerProcess.InPython(role), ConsumerProcess.InPython(role), ConsumerProcess.InCSharp(program, role), ConsumerProcess.InCSharp(program, role)];
        try
        {
            await DisturbAsync(queue, role, consumers);
            await Wait.UntilAsync(async () => await queue.CountAsync("queue_entries") == 0, "the queue is empty");
            foreach (var consumer in consumers) Assert.Equal(0, (await consumer.TerminateAsync()).Code);
        }
        finally
        {
            foreach (var consumer in consumers) await consumer.DisposeAsync();
        }
        Assert.Equal((Articles, Articles), (await queue.ReadAsync(row => (row.GetInt32(0), row.GetInt32(1)), $"SELECT count(*)::int, count(DISTINCT message_id)::int FROM {role.Name}.read_articles")).Single());
    }

    /// <summary>Kills and cut connections, spread over the work: the next comes when so much more of it is done.</summary>
    private static async Task DisturbAsync(QueueDatabase queue, ConsumerRole role, List<ConsumerProcess> consumers)
    {
        var random = new Random(1);
        for (var disturbance = 1; disturbance <= Kills + CutConnections; disturbance++)
        {
            var due = (long)Articles * disturbance / (Kills + CutConnections + 1);
            await Wait.UntilAsync(async () => await queue.CountAsync($"{role.Name}.read_articles") >= due, $"{due} articles are taken");
            if (disturbance % (1 + Kills / CutConnections) == 0) await queue.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 ORDER BY random() LIMIT 1", role.Name);
            else await ReplaceAsync(consumers, random.Next(consumers.Count));
        }
    }

    private static async Task ReplaceAsync(List<ConsumerProcess> consumers, int one)
    {
        await using var killed = consumers[one];
        await killed.KillAsync();
        consumers[one] = killed.Again();
    }
}
