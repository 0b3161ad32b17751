using System.CommandLine;
using Ingest.Storage;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest db …</c></summary>
internal static class DbCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    public static Command Build() => new Command("db", "Look after the database") { Migrate(), AwaitMigration() }.WithExamples("ingest db migrate");

    private static Command Migrate()
    {
        var command = new Command("migrate", "Bring the database up to date (done at start unless Storage:AutoMigrate is false)");
        command.SetAction(async (call, stop) =>
        {
            await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
            DataFolder.Ensure(tools.Get<IOptions<StorageOptions>>().Value.DataDir);
            var applied = await tools.Get<Schema>().MigrateAsync(stop);
            foreach (var name in applied) Console.Out.WriteLine($"applied {name}");
            Console.Out.WriteLine("the database is up to date");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest db migrate --data /var/lib/ingest");
    }

    private static Command AwaitMigration()
    {
        var command = new Command("wait", "Wait until the database answers and is up to date, for a worker with Storage:AutoMigrate=false to start then");
        command.SetAction(async (call, stop) =>
        {
            await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
            DataFolder.Ensure(tools.Get<IOptions<StorageOptions>>().Value.DataDir);
            var said = "";
            while (await MissingAsync(tools.Get<Schema>(), stop) is { } missing)
            {
                if (missing != said) Console.Out.WriteLine(said = missing);
                await Task.Delay(LookEvery, tools.Get<TimeProvider>(), stop);
            }
            Console.Out.WriteLine("the database is up to date");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest db wait --storage postgres");
    }

    private static async Task<string?> MissingAsync(Schema schema, CancellationToken stop)
    {
        try
        {
            return await schema.PendingAsync(stop) is { Count: > 0 } pending ? $"waiting: the database lacks {pending.Count} migrations" : null;
        }
        catch (Exception error) when (StorageFault.Explain(error) is { } why)
        {
            return $"waiting: {why}";
        }
    }
}
