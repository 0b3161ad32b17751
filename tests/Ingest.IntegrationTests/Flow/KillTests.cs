using System.Diagnostics;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Microsoft.Data.Sqlite;

namespace Ingest.IntegrationTests.Flow;

/// <summary>kill -9 at random moments: nothing is lost, nothing comes twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Seed = 20261121;

    [Fact]
    public async Task Twenty_kills_during_demo_passes_lose_and_repeat_nothing()
    {
        var random = new Random(Seed);
        var world = NewsWorld.Generate(new NewsroomOptions());
        var (whole, size) = await UndisturbedAsync();
        var killed = 0;
        var early = 0;
        while (killed < Kills)
        {
            using var data = new TempFolder();
            // The same folder is killed over and over until a pass gets through; then it is judged and a fresh one begins.
            while (killed < Kills)
            {
                await using var worker = WorkerProcess.Start(Arguments(data));
                var begun = Stopwatch.GetTimestamp();
                // One half by the clock, after the tenth in which the runtime loads the program; the other by what has been delivered, for how late
                // in a pass that begins is the machine's affair.
                var moment = whole * (0.1 + (0.9 * random.NextDouble()));
                var mark = Delivered(data) + (long)(random.NextDouble() * (size - Delivered(data)));
                var byTheClock = random.Next(2) == 0;
                bool IsTime() => byTheClock ? Stopwatch.GetElapsedTime(begun) >= moment : Delivered(data) > mark;
                await Wait.UntilAsync(() => worker.HasExited || IsTime(), "the moment");
                if (worker.HasExited)
                {
                    // Quicker than the first time, which had the compiler's work too: the next moments lie within it.
                    whole = Stopwatch.GetElapsedTime(begun);
                    break;
                }
                await worker.KillAsync();
                killed++;
                if (Delivered(data) == 0) early++;
            }
            var last = await WorkerProcess.RunAsync(Arguments(data));
            Assert.True(last.ExitCode == 0, last.Output + last.Errors);
            DeliveredFile.HoldsEachOnce(world, DeliveredFile.Read(data[DeliveredFile.Name]));
            HoldsEachOnce(world, data["ingest.db"]);
        }
        output.WriteLine($"{killed} kills within {whole.TotalSeconds:0.0} s after the start, {early} of them before anything was delivered");
        Assert.True(early < Kills, "every kill came before the first delivery: the moments test nothing");
    }

    private static string[] Arguments(TempFolder data) => ["run", "--demo", "--once", "--data", data.Path, "--url", "http://127.0.0.1:0"];

    private static long Delivered(TempFolder data) => new FileInfo(data[DeliveredFile.Name]) is { Exists: true } file ? file.Length : 0;

    private static async Task<(TimeSpan Time, long Size)> UndisturbedAsync()
    {
        using var data = new TempFolder();
        var begun = Stopwatch.GetTimestamp();
        var pass = await WorkerProcess.RunAsync(Arguments(data));
        Assert.True(pass.ExitCode == 0, pass.Output + pass.Errors);
        return (Stopwatch.GetElapsedTime(begun), Delivered(data));
    }

    private static void HoldsEachOnce(NewsWorld world, string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        connection.Open();
        Assert.Equal(world.Articles.Count, Count(connection, "SELECT count(*) FROM articles WHERE state = 'Ingested'"));
        Assert.Equal(world.Articles.Count, Count(connection, "SELECT count(*) FROM articles"));
        Assert.Equal(world.Articles.Count, Count(connection, "SELECT count(*) FROM outbox"));
        Assert.Equal(0, Count(connection, "SELECT count(*) FROM failures"));
        Assert.Equal(0, Count(connection, "SELECT count(*) FROM feeds WHERE lease_owner IS NOT NULL"));
    }

    private static long Count(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are the constants above.
        command.CommandText = query;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
