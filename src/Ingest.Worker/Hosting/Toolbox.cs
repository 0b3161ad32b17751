using Ingest.Storage;
using Ingest.Worker.Cli;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Hosting;

/// <summary>The services as a single command needs them: nothing runs in the background.</summary>
internal sealed class Toolbox : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Toolbox(ServiceProvider services) => _services = services;

    /// <summary>With the database, which must be up to date or is brought there.</summary>
    public static async Task<Toolbox> OpenAsync(Settings settings, CancellationToken stop)
    {
        var toolbox = Create(settings);
        try
        {
            DataFolder.Ensure(toolbox.Get<IOptions<StorageOptions>>().Value.DataDir);
            await toolbox._services.PrepareSchemaAsync(stop);
            return toolbox;
        }
        catch
        {
            await toolbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Without touching the database.</summary>
    public static Toolbox Create(Settings settings)
    {
        var configuration = new ConfigurationManager();
        settings.AddTo(configuration);
        var services = new ServiceCollection().AddIngest(configuration).AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddIngestLogging(configuration, settings, LogTarget.CommandLine));
        var provider = services.BuildServiceProvider();
        OptionsSetup.Validate(provider, configuration);
        return new Toolbox(provider);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>What every start does before the database is used.</summary>
internal static class SchemaStart
{
    /// <exception cref="UserErrorException">The database is behind, and migrating is left to a person.</exception>
    public static async Task PrepareSchemaAsync(this IServiceProvider services, CancellationToken stop)
    {
        var schema = services.GetRequiredService<Schema>();
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.AutoMigrate) await schema.MigrateAsync(stop);
        else if (await schema.PendingAsync(stop) is { Count: > 0 } pending)
            throw new UserErrorException(ExitCodes.Storage, $"the database lacks {pending.Count} migrations and Storage:AutoMigrate is off; run: ingest db migrate");
        await services.GetRequiredService<DatabaseClock>().FollowAsync(stop);
    }
}
