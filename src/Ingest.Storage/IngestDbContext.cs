using System.Text;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ingest.Storage;

/// <summary>The model, the same for every database. What a database cannot do as it is stands in its own context and its own migrations.</summary>
internal abstract class IngestDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<FeedRow> Feeds => Set<FeedRow>();
    public DbSet<ArticleRow> Articles => Set<ArticleRow>();
    public DbSet<RawPageRow> RawPages => Set<RawPageRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();
    public DbSet<FailureRow> Failures => Set<FailureRow>();
    public DbSet<FailureAttemptRow> FailureAttempts => Set<FailureAttemptRow>();
    public DbSet<FailurePageRow> FailurePages => Set<FailurePageRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<WorkerRow> Workers => Set<WorkerRow>();
    public DbSet<HostRow> Hosts => Set<HostRow>();
    public DbSet<KeyRow> Keys => Set<KeyRow>();
    public DbSet<PushSubscriptionRow> PushSubscriptions => Set<PushSubscriptionRow>();
    public DbSet<PushRow> Pushes => Set<PushRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) => conventions.Properties<string>().HaveConversion<Storable>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        MapFeeds(model);
        MapArticles(model);
        MapDelivery(model);
        MapCluster(model);
        MapFailures(model);
        MapPushes(model);
        NameInSnakeCase(model);
    }

    private static void MapFeeds(ModelBuilder model) => model.Entity<FeedRow>(table =>
    {
        table.ToTable("feeds");
        table.HasIndex(row => row.Url).IsUnique();
        table.HasIndex(row => row.NextDueAt);
        // What one worker holds, when it goes or dies.
        table.HasIndex(row => row.LeaseOwner).HasFilter("lease_owner IS NOT NULL");
    });

    private static void MapArticles(ModelBuilder model)
    {
        model.Entity<ArticleRow>(table =>
        {
            table.ToTable("articles");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.State).HasConversion<string>();
            table.HasIndex(row => row.Identity).IsUnique();
            table.HasIndex(row => row.NextAttemptAt);
            table.HasIndex(row => new { row.FeedId, row.Id });
            table.HasIndex(row => row.LeaseOwner).HasFilter("lease_owner IS NOT NULL");
            // Counted once a second by a pass: few rows, found without a walk through the table.
            table.HasIndex(row => row.State).HasFilter("state <> 'Ingested'");
        });
        model.Entity<RawPageRow>(table =>
        {
            table.ToTable("raw_pages");
            table.HasKey(row => row.ArticleId);
            table.HasOne<ArticleRow>().WithOne().HasForeignKey<RawPageRow>(row => row.ArticleId);
        });
    }

    private static void MapDelivery(ModelBuilder model)
    {
        model.Entity<OutboxRow>(table =>
        {
            table.ToTable("outbox");
            table.HasKey(row => row.Sequence);
            table.HasIndex(row => row.MessageId).IsUnique();
        });
        model.Entity<DeliveryRow>(table =>
        {
            table.ToTable("deliveries");
            table.HasKey(row => row.Sink);
        });
        model.Entity<DeadLetterRow>(table =>
        {
            table.ToTable("dead_letters");
            table.HasKey(row => new { row.Sink, row.Sequence });
        });
    }

    private static void MapFailures(ModelBuilder model)
    {
        model.Entity<FailureRow>(table =>
        {
            table.ToTable("failures");
            table.Property(row => row.Job).HasConversion<string>();
            table.Property(row => row.Kind).HasConversion<string>();
            table.HasIndex(row => new { row.Job, row.Target }).IsUnique();
            // The list is ordered by time; each field that may be rare among a million has its own way into that order.
            table.HasIndex(row => new { row.LastAt, row.Id });
            table.HasIndex(row => new { row.Host, row.LastAt, row.Id });
            table.HasIndex(row => new { row.FeedId, row.LastAt, row.Id });
            table.HasIndex(row => new { row.Status, row.LastAt, row.Id });
            table.HasIndex(row => new { row.Kind, row.LastAt, row.Id });
            table.HasIndex(row => new { row.Job, row.LastAt, row.Id });
            table.HasIndex(row => row.ActionId).HasFilter("action_id IS NOT NULL");
        });
        model.Entity<FailureAttemptRow>(table =>
        {
            table.ToTable("failure_attempts");
            table.HasKey(row => new { row.FailureId, row.Number });
            table.Property(row => row.Kind).HasConversion<string>();
            table.HasOne<FailureRow>().WithMany().HasForeignKey(row => row.FailureId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<FailurePageRow>(table =>
        {
            table.ToTable("failure_pages");
            table.HasKey(row => row.FailureId);
            table.HasOne<FailureRow>().WithOne().HasForeignKey<FailurePageRow>(row => row.FailureId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<AuditRow>(table =>
        {
            table.ToTable("audit");
            table.Property(row => row.Source).HasConversion<string>();
            table.HasIndex(row => row.At);
        });
    }

    private static void MapPushes(ModelBuilder model)
    {
        model.Entity<PushSubscriptionRow>(table =>
        {
            table.ToTable("push_subscriptions");
            table.HasKey(row => row.Token);
            table.Property(row => row.State).HasConversion<string>();
            table.HasIndex(row => row.FeedId);
            table.HasIndex(row => row.NextAttemptAt);
        });
        model.Entity<PushRow>(table =>
        {
            table.ToTable("pushes");
            table.HasIndex(row => row.FeedId);
        });
    }

    private static void MapCluster(ModelBuilder model)
    {
        model.Entity<WorkerRow>(table =>
        {
            table.ToTable("workers");
            table.HasKey(row => row.Name);
        });
        model.Entity<HostRow>(table =>
        {
            table.ToTable("hosts");
            table.HasKey(row => row.Host);
            table.HasIndex(row => row.QuietUntil).HasFilter("quiet_until IS NOT NULL");
            table.HasIndex(row => row.SlowedAt).HasFilter("slowed_at IS NOT NULL");
        });
        model.Entity<KeyRow>(table =>
        {
            table.ToTable("keys");
            table.HasKey(row => row.Name);
        });
    }

    private static void NameInSnakeCase(ModelBuilder model)
    {
        foreach (var table in model.Model.GetEntityTypes())
            foreach (var column in table.GetProperties()) column.SetColumnName(SnakeCase(column.Name));
    }

    private static string SnakeCase(string name)
    {
        if (name == nameof(FeedRow.ETag)) return "etag";
        var snake = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToLowerInvariant(letter));
        }
        return snake.ToString();
    }

    private sealed class Storable() : ValueConverter<string, string>(text => StorableText.Of(text)!, text => text);
}
