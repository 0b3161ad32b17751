using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ingest.Storage.Postgres;

/// <summary>The model as PostgreSQL has it: instants as <c>timestamptz</c>, and indexes that stay small over ten million articles.</summary>
internal sealed class PostgresIngestDbContext(DbContextOptions<PostgresIngestDbContext> options) : IngestDbContext(options)
{
    /// <summary>Ordered and compared byte by byte: what we look up are names and addresses, and an index then outlives the system's next collation tables.</summary>
    private const string Bytewise = "C";

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        foreach (var column in model.Model.GetEntityTypes().SelectMany(table => table.GetProperties()).Where(column => column.ClrType == typeof(string)))
            column.SetCollation(Bytewise);
        MapFeeds(model);
        MapArticles(model);
    }

    // Suspects are few; without an index of their own a claim would look for them among all that is due.
    private static void MapFeeds(ModelBuilder model) => model.Entity<FeedRow>().HasIndex(row => new { row.Deaths, row.NextDueAt }).HasFilter("deaths > 0");

    // Nearly all of ten million articles are ingested: an index of those that are not stays small whatever the table grows to.
    private static void MapArticles(ModelBuilder model)
    {
        model.Entity<ArticleRow>(table =>
        {
            table.HasIndex(row => row.NextAttemptAt).HasFilter("next_attempt_at IS NOT NULL");
            table.HasIndex(row => new { row.Deaths, row.NextAttemptAt }).HasFilter("deaths > 0");
        });
        // Articles that have a page are never deleted; checking that at every insert would cost more than the insert.
        var pages = model.Entity<RawPageRow>().Metadata;
        foreach (var key in pages.GetForeignKeys().ToList()) pages.RemoveForeignKey(key);
    }

    /// <summary>Npgsql writes instants of offset zero only; feeds date their entries in every other.</summary>
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToUniversalTime(), instant => instant);
}
