using System.CommandLine;
using Ingest.Storage;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest db …</c></summary>
internal static class DbCommand
{
    public static Command Build() => new Command("db", "Look after the database") { Migrate() }.WithExamples("ingest db migrate");

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
}
