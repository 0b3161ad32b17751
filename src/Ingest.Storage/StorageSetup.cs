using Ingest.Pipeline.Ports;
using Ingest.Storage.Sqlite;
using Ingest.Storage.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Storage;

/// <summary>Registers the stores.</summary>
public static class StorageSetup
{
    public static IServiceCollection AddIngestStorage(this IServiceCollection services) => services
        .AddSingleton(provider => SqliteFile.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value))
        .AddSingleton(provider => new Schema(provider.GetRequiredService<Database>(), provider.GetRequiredService<IOptions<StorageOptions>>().Value))
        .AddSingleton<IFeedStore, FeedStore>()
        .AddSingleton<IArticleStore, ArticleStore>()
        .AddSingleton<IOutboxStore, OutboxStore>()
        .AddSingleton<IDeliveryDesk, DeliveryDesk>()
        .AddSingleton<IFailureStore, FailureStore>()
        .AddSingleton<ICatalog, Catalog>();
}
