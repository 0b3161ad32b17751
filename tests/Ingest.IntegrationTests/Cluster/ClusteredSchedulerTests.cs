using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Options;
using Ingest.Worker.Hosting;
using Ingest.Worker.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>What must run once, however many workers there are.</summary>
public sealed class ClusteredSchedulerTests
{
    [Fact]
    public async Task Two_workers_that_start_at_once_keep_one_schedule_between_them()
    {
        await using var database = await SharedDatabase.CreateAsync();
        await database.OpenAsync("127.0.0.1:9");
        var workers = await Task.WhenAll(StartAsync(database), StartAsync(database));
        try
        {
            await Wait.UntilAsync(async () => await database.AskAsync<long>("SELECT count(*) FROM qrtz_scheduler_state") == 2, "two schedulers");
            await Wait.UntilAsync(async () => await database.AskAsync<long>("SELECT count(*) FROM qrtz_triggers WHERE prev_fire_time > 0") == 1, "the first run");
            Assert.Equal(1, await database.AskAsync<long>("SELECT count(*) FROM qrtz_triggers"));
            Assert.Equal(TimeSpan.FromHours(1).Ticks, await database.AskAsync<long>("SELECT next_fire_time - prev_fire_time FROM qrtz_triggers"));
        }
        finally
        {
            foreach (var worker in workers) await worker.DisposeAsync();
        }
    }

    private static async Task<WebApplication> StartAsync(SharedDatabase database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        new Settings(null, Verbose: false, [.. database.Settings("127.0.0.1:9").Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))]).AddTo(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Services.AddIngest(builder.Configuration).AddQuartzJobs(new ScheduleOptions(), clustered: true);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return app;
    }
}
