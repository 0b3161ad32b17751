using Ingest.IntegrationTests.Harness;
using Ingest.Storage;
using Ingest.Storage.Sqlite;
using Ingest.Worker.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ingest.IntegrationTests.Storage;

public sealed class SchemaTests
{
    [Fact]
    public void The_migrations_and_the_model_agree()
    {
        using var context = new SqliteIngestDbContext(new DbContextOptionsBuilder<SqliteIngestDbContext>().UseSqlite("Data Source=:memory:").Options);
        Assert.False(context.Database.HasPendingModelChanges(), "the model has changed: add a migration (src/README.md says how)");
    }

    [Fact]
    public async Task A_process_that_was_killed_while_migrating_blocks_nobody()
    {
        using var data = new TempFolder();
        await using (var connection = new SqliteConnection($"Data Source={data["ingest.db"]};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-01')""";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await using var tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [new("Storage:DataDir", data.Path)]), CancellationToken.None);
        Assert.Empty(await tools.Get<Schema>().PendingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Migrating_twice_applies_once()
    {
        await using var workshop = await Workshop.OpenAsync();
        Assert.Empty(await workshop.Tools.Get<Schema>().MigrateAsync(CancellationToken.None));
        Assert.Empty(await workshop.Tools.Get<Schema>().PendingAsync(CancellationToken.None));
    }
}
