using System.Data.Common;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Postgres;
using Ingest.Storage.Sqlite;
using Ingest.Storage.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Storage;

/// <summary>Registers the stores.</summary>
public static class StorageSetup
{
    public static IServiceCollection AddIngestStorage(this IServiceCollection services) => services
        .AddSingleton(provider => new PostgresServer(Options(provider), provider.GetRequiredService<TimeProvider>()))
        // For sinks in the same database; only to be asked for where that is PostgreSQL.
        .AddSingleton(provider => provider.GetRequiredService<PostgresServer>().Source)
        // For the job engine, which keeps its own tables.
        .AddSingleton<DbDataSource>(provider => provider.GetRequiredService<PostgresServer>().Source)
        .AddSingleton<Database>(provider => Options(provider).Provider is StorageProvider.Postgres
            ? new PostgresDatabase(provider.GetRequiredService<PostgresServer>())
            : new SqliteDatabase(Options(provider)))
        .AddSingleton(provider => new DatabaseClock(provider.GetRequiredService<Database>(), provider.GetRequiredService<ClusterClock>()))
        .AddSingleton(provider => new Schema(provider.GetRequiredService<Database>(), Options(provider)))
        .AddSingleton(provider => new KeyStore(provider.GetRequiredService<Database>()))
        .AddStore<IFeedStore, FeedStore, PostgresFeedStore>()
        .AddStore<IArticleStore, ArticleStore, PostgresArticleStore>()
        .AddStore<IOutboxReader, OutboxReader, PostgresOutboxReader>()
        .AddSingleton<OutboxStore>()
        .AddSingleton<IOutboxStore>(provider => Options(provider).Provider is StorageProvider.Postgres
            ? ActivatorUtilities.CreateInstance<PostgresOutboxStore>(provider)
            : provider.GetRequiredService<OutboxStore>())
        .AddSingleton<IDeliveryDesk, DeliveryDesk>()
        .AddStore<IHostStore, HostStore, PostgresHostStore>()
        .AddSingleton<IWorkerRegistry, WorkerRegistry>()
        .AddSingleton<IFailureStore, FailureStore>()
        .AddSingleton<IAuditTrail, AuditTrail>()
        .AddSingleton<IRetentionStore, RetentionStore>()
        .AddSingleton<IFeedSettings, FeedSettings>()
        .AddSingleton<ISubscriptionStore, SubscriptionStore>()
        .AddSingleton<IPushStore, PushStore>()
        .AddSingleton<ICatalog, Catalog>();

    /// <summary>Where PostgreSQL does it in a way of its own.</summary>
    private static IServiceCollection AddStore<TPort, TStore, TPostgresStore>(this IServiceCollection services)
        where TPort : class where TStore : class, TPort where TPostgresStore : class, TPort => services
        .AddSingleton<TPort>(provider => Options(provider).Provider is StorageProvider.Postgres
            ? ActivatorUtilities.CreateInstance<TPostgresStore>(provider)
            : ActivatorUtilities.CreateInstance<TStore>(provider));

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;
}
