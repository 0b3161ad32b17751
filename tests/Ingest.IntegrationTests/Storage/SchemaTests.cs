using System.Text.RegularExpressions;
using Ingest.IntegrationTests.Harness;
using Ingest.Storage;
using Ingest.Storage.Postgres;
using Ingest.Storage.Sqlite;
using Ingest.Worker.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Ingest.IntegrationTests.Storage;

public sealed partial class SchemaTests
{
    [Fact]
    public void The_migrations_and_the_model_agree()
    {
        using var context = new SqliteIngestDbContext(new DbContextOptionsBuilder<SqliteIngestDbContext>().UseSqlite("Data Source=:memory:").Options);
        Assert.False(context.Database.HasPendingModelChanges(), "the model has changed: add a migration (src/README.md says how)");
    }

    /// <summary>The statements of the version before run on: what they read and write is still there, of the same kind, and asks for nothing new.</summary>
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public void Migrations_after_the_first_only_add(StorageProvider provider)
    {
        using IngestDbContext context = provider is StorageProvider.Postgres
            ? new PostgresIngestDbContext(new DbContextOptionsBuilder<PostgresIngestDbContext>().UseNpgsql("Host=none").Options)
            : new SqliteIngestDbContext(new DbContextOptionsBuilder<SqliteIngestDbContext>().UseSqlite("Data Source=:memory:").Options);
        var migrations = context.GetService<IMigrationsAssembly>();
        foreach (var (name, type) in migrations.Migrations.OrderBy(migration => migration.Key, StringComparer.Ordinal).Skip(1))
            foreach (var operation in migrations.CreateMigration(type, context.Database.ProviderName!).UpOperations) Assert.True(OnlyAdds(operation), $"{name}: {operation.GetType().Name}");
    }

    private static bool OnlyAdds(MigrationOperation operation) => operation switch
    {
        CreateTableOperation => true,
        AddColumnOperation column => column.IsNullable || column.DefaultValue is not null || column.DefaultValueSql is not null,
        CreateIndexOperation index => !index.IsUnique,
        // One that another index begins with; a statement without it is slower at most.
        DropIndexOperation => true,
        SqlOperation sql => !Takes().IsMatch(sql.Sql),
        _ => false,
    };

    [GeneratedRegex(@"\b(drop|rename|truncate|delete\s+from\s+(feeds|articles|outbox)|set\s+not\s+null|alter\s+column\s+\w+\s+type)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Takes();

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
