using System.Collections;
using System.CommandLine;
using System.Globalization;
using Ingest.Delivery;
using Ingest.Pipeline.Options;
using Ingest.Storage;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest config …</c></summary>
internal static class ConfigCommand
{
    private const string Masked = "***";

    private static readonly string[] Secrets = ["Password", "Secret", "Secrets", "Key", ":Uri"];

    public static Command Build() => new Command("config", "Look at the settings") { Show() }.WithExamples("ingest config show");

    private static Command Show()
    {
        var command = new Command("show", "Show every setting with the value that is in force; secrets are masked") { GlobalOptions.Json };
        command.SetAction(async (call, _) =>
        {
            await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
            var values = Values(tools).ToList();
            if (call.GetValue(GlobalOptions.Json)) Output.Json(values.ToDictionary(value => value.Key, value => value.Value));
            else foreach (var (key, value) in values) Console.Out.WriteLine($"{key} = {value}");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest config show --json", "INGEST_Fetching__Timeout=00:00:10 ingest config show");
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(Toolbox tools) =>
    [
        .. Section(StorageOptions.Section, tools.Get<IOptions<StorageOptions>>().Value),
        .. Section(FetchingOptions.Section, tools.Get<IOptions<FetchingOptions>>().Value),
        .. Section(ScheduleOptions.Section, tools.Get<IOptions<ScheduleOptions>>().Value),
        .. Section(RetryOptions.Section, tools.Get<IOptions<RetryOptions>>().Value),
        .. Section(RetentionOptions.Section, tools.Get<IOptions<RetentionOptions>>().Value),
        .. Section(DeliveryOptions.Section, tools.Get<IOptions<DeliveryOptions>>().Value),
        .. Section(SinksOptions.Section, tools.Get<IOptions<SinksOptions>>().Value),
        .. Section(DashboardOptions.Section, tools.Get<IOptions<DashboardOptions>>().Value),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Section(string path, object options) =>
        options.GetType().GetProperties().SelectMany(property => Setting($"{path}:{property.Name}", property.GetValue(options)));

    /// <summary>A value, or what is in a section within the section.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Setting(string path, object? value) => value switch
    {
        IDictionary named => named.Keys.Cast<string>().SelectMany(name => Section($"{path}:{name}", named[name]!)),
        SinkFilterOptions filter => Section(path, filter),
        _ => [KeyValuePair.Create(path, Show(path, value))],
    };

    private static string Show(string name, object? value) => value switch
    {
        null => "",
        string { Length: > 0 } or ICollection { Count: > 0 } when Secrets.Any(secret => name.EndsWith(secret, StringComparison.Ordinal)) => Masked,
        string { Length: > 0 } connection when name.EndsWith($":{nameof(StorageOptions.ConnectionString)}", StringComparison.Ordinal) => WithoutPassword(connection),
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // The setting is shown as it was read; one that cannot be read may be a password altogether.
    private static string WithoutPassword(string connection) => StorageOptions.TryRead(connection, out _) is { } read ? Mask(read) : Masked;

    private static string Mask(NpgsqlConnectionStringBuilder connection)
    {
        if (connection.Password is not null) connection.Password = Masked;
        if (connection.SslPassword is not null) connection.SslPassword = Masked;
        return connection.ConnectionString;
    }
}
