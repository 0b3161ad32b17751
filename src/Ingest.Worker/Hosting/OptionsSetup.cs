using System.ComponentModel.DataAnnotations;
using Ingest.Delivery;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Storage;
using Ingest.Worker.Access;
using Ingest.Worker.Cli;
using Ingest.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Hosting;

/// <summary>Binds every section strictly and reports everything that is wrong at once, by the name a person would set.</summary>
internal static class OptionsSetup
{
    private static readonly string[] Sections =
    [
        StorageOptions.Section, FetchingOptions.Section, ArticlesOptions.Section, ScheduleOptions.Section, RetryOptions.Section, RetentionOptions.Section, DeliveryOptions.Section, SinksOptions.Section,
        WebSubOptions.Section,
        DashboardOptions.Section,
        Logging.Section,
    ];

    public static IServiceCollection AddIngestOptions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSection<StorageOptions>(configuration, StorageOptions.Section)
        .AddSection<FetchingOptions>(configuration, FetchingOptions.Section)
        .AddSection<ArticlesOptions>(configuration, ArticlesOptions.Section)
        .AddSection<ScheduleOptions>(configuration, ScheduleOptions.Section)
        .AddSection<RetryOptions>(configuration, RetryOptions.Section)
        .AddSection<RetentionOptions>(configuration, RetentionOptions.Section)
        .AddSection<WebSubOptions>(configuration, WebSubOptions.Section)
        .AddSection<DeliveryOptions>(configuration, DeliveryOptions.Section)
        .AddSection<SinksOptions>(configuration, SinksOptions.Section)
        .AddSection<DashboardOptions>(configuration, DashboardOptions.Section);

    private static IServiceCollection AddSection<T>(this IServiceCollection services, IConfiguration configuration, string section) where T : class, new()
    {
        services.AddSingleton(new OptionsSection(section, typeof(T), () => Bind<T>(configuration, section)));
        return services.AddSingleton(_ => Options.Create((T)Bind<T>(configuration, section)));
    }

    // A misspelt key is an error, not a silent default.
    private static object Bind<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = new T();
        configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return options;
    }

    /// <summary>Throws one error that lists every bad value of every section.</summary>
    public static void Validate(IServiceProvider services, IConfiguration configuration)
    {
        var errors = configuration.GetChildren().Where(section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            .Select(section => $"{section.Key}: there is no such section ({string.Join(", ", Sections)})")
            .Concat(services.GetServices<OptionsSection>().SelectMany(Errors))
            .Concat(QueueErrors(configuration)).Concat(HubErrors(configuration)).Concat(EngineErrors(configuration)).ToList();
        if (errors.Count > 0) throw new UserErrorException(ExitCodes.Configuration, $"bad configuration: {string.Join("; ", errors)}");
    }

    private static IEnumerable<string> Errors(OptionsSection section)
    {
        object options;
        try
        {
            options = section.Bind();
        }
        catch (InvalidOperationException error)
        {
            return [error.InnerException is FormatException ? $"{error.Message}" : $"{section.Name}: {error.Message}"];
        }
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"{section.Name}:{string.Join(',', result.MemberNames)}: {result.ErrorMessage}").Concat(Further(options));
    }

    /// <summary>What attributes cannot say.</summary>
    private static IEnumerable<string> Further(object options) => options switch
    {
        StorageOptions { Provider: StorageProvider.Postgres } storage => StorageErrors(storage),
        FetchingOptions fetching => FetchingErrors(fetching),
        ScheduleOptions schedule when schedule.MinInterval > schedule.MaxInterval => ["Schedule:MinInterval is longer than Schedule:MaxInterval"],
        WebSubOptions { CallbackUrl: { } url } when url is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" } =>
            [$"WebSub:CallbackUrl: '{url.OriginalString}' is not an address like https://news.example.org/websub"],
        SinksOptions sinks => SinkErrors(sinks),
        DashboardOptions dashboard => DashboardErrors(dashboard),
        _ => [],
    };

    private static IEnumerable<string> FetchingErrors(FetchingOptions fetching)
    {
        if (AddressGuard.TryCreate(fetching.AllowedAddresses, out var offending) is null) yield return $"Fetching:AllowedAddresses: {AddressGuard.NeitherRangeNorEndPoint(offending!)}";
        foreach (var port in fetching.AllowedPorts.Where(port => port is < 1 or > 65535)) yield return $"Fetching:AllowedPorts: {port} is not a port; they are numbers from 1 to 65535";
        if (fetching.Proxy is { } proxy && !FetchSettings.IsProxy(proxy)) yield return $"Fetching:Proxy: {FetchSettings.NoProxy}";
    }

    private static IEnumerable<string> StorageErrors(StorageOptions storage)
    {
        if (string.IsNullOrWhiteSpace(storage.ConnectionString))
            yield return "Storage:ConnectionString: PostgreSQL needs one; set INGEST_Storage__ConnectionString=\"Host=localhost;Database=ingest;Username=ingest;Password=…\"";
        else if (StorageOptions.TryRead(storage.ConnectionString, out var why) is null)
            yield return $"Storage:ConnectionString: {why}; it reads like Host=localhost;Database=ingest;Username=ingest;Password=…";
    }

    private static IEnumerable<string> SinkErrors(SinksOptions sinks)
    {
        foreach (var (kind, name, options) in sinks.All())
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
            foreach (var result in results) yield return $"Sinks:{kind}:{name}:{string.Join(',', result.MemberNames)}: {result.ErrorMessage}";
            foreach (var error in options.Errors()) yield return $"Sinks:{kind}:{name}:{error}";
        }
        foreach (var same in sinks.All().GroupBy(sink => sink.Name).Where(same => same.Count() > 1))
            yield return $"Sinks: the name {same.Key} stands for {same.Count()} sinks ({string.Join(", ", same.Select(sink => sink.Kind))}); give each its own";
    }

    private static IEnumerable<string> QueueErrors(IConfiguration configuration) =>
        Enum.TryParse<StorageProvider>(configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Provider)}"], ignoreCase: true, out var provider) && provider is StorageProvider.Postgres
            ? []
            : configuration.GetSection($"{SinksOptions.Section}:{nameof(SinksOptions.PostgresQueue)}").GetChildren()
                .Select(queue => $"{queue.Path}: the queue is a part of the PostgreSQL database; set Storage:Provider=postgres, or take another kind of sink");

    // Without anybody to sign in the worker answers to its own machine only, and a hub is never there.
    private static IEnumerable<string> HubErrors(IConfiguration configuration)
    {
        var dashboard = configuration.GetSection(DashboardOptions.Section);
        if (Uri.TryCreate(configuration[$"{WebSubOptions.Section}:{nameof(WebSubOptions.CallbackUrl)}"], UriKind.Absolute, out var url) && !url.IsLoopback
            && string.IsNullOrEmpty(dashboard[nameof(DashboardOptions.Password)]) && !dashboard.GetSection(nameof(DashboardOptions.Users)).GetChildren().Any())
            yield return $"WebSub:CallbackUrl: {url} is for hubs elsewhere, so the pages can be reached from there, too; set Dashboard:Password or Dashboard:Users";
    }

    private static IEnumerable<string> EngineErrors(IConfiguration configuration)
    {
        Enum.TryParse<JobEngine>(configuration[$"{ScheduleOptions.Section}:{nameof(ScheduleOptions.Engine)}"], ignoreCase: true, out var engine);
        Enum.TryParse<StorageProvider>(configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Provider)}"], ignoreCase: true, out var provider);
        if (JobEngines.Refusal(engine, provider) is { } why) yield return $"{ScheduleOptions.Section}:{nameof(ScheduleOptions.Engine)}: {why}";
    }

    private static IEnumerable<string> DashboardErrors(DashboardOptions dashboard)
    {
        if (!Uri.TryCreate(dashboard.Url, UriKind.Absolute, out var url) || url.Scheme is not "http")
            yield return $"Dashboard:Url: '{dashboard.Url}' is not an address like http://localhost:8080";
        else if (!url.IsLoopback && string.IsNullOrEmpty(dashboard.Password) && dashboard.Users.Count == 0)
            yield return $"Dashboard:Url: {dashboard.Url} can be reached from other machines, so somebody has to sign in; set INGEST_Dashboard__Password_FILE to a file with a password "
                + "(or Dashboard:Password, or Dashboard:Users), or listen on localhost";
        foreach (var (name, _) in dashboard.Users.Where(user => !HashedPassword.IsOne(user.Value)))
            yield return $"Dashboard:Users:{name}: this is no hashed password; make one with: ingest config hash-password";
        if (dashboard.Password is { Length: > 0 } && dashboard.Users.ContainsKey(Accounts.Operator))
            yield return $"Dashboard:Users:{Accounts.Operator}: Dashboard:Password is this user's password too; set one of them";
        foreach (var proxy in dashboard.Proxies.Where(proxy => SignIn.NetworkOf(proxy) is null))
            yield return $"Dashboard:Proxies: '{proxy}' is neither an address like 10.0.0.7 nor a network like 172.18.0.0/16";
    }

    private sealed record OptionsSection(string Name, Type Type, Func<object> Bind);
}
