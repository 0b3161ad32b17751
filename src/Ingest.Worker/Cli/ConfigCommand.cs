using System.Collections;
using System.CommandLine;
using System.Globalization;
using Ingest.Delivery;
using Ingest.Pipeline.Options;
using Ingest.Storage;
using Ingest.Worker.Access;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest config …</c></summary>
internal static class ConfigCommand
{
    public static Command Build() => new Command("config", "Look at the settings") { Show(), HashPassword() }.WithExamples("ingest config show", "ingest config hash-password");

    private static Command Show()
    {
        var command = new Command("show", "Show every setting with the value that is in force and where it comes from; secrets are masked") { GlobalOptions.Json };
        command.SetAction(async (call, _) =>
        {
            var settings = GlobalOptions.Settings(call);
            await using var tools = Toolbox.Create(settings);
            var configuration = (IConfigurationRoot)tools.Get<IConfiguration>();
            var shown = Values(tools).Select(pair => new ShownSetting(pair.Key, pair.Value, settings.SourceOf(configuration, pair.Key))).ToList();
            if (call.GetValue(GlobalOptions.Json)) Output.Json(shown.ToDictionary(setting => setting.Name, setting => new { setting.Value, setting.From }));
            else foreach (var setting in shown) Console.Out.WriteLine(setting.From == "default" ? $"{setting.Name} = {setting.Value}" : $"{setting.Name} = {setting.Value}    ({setting.From})");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest config show --json", "INGEST_Fetching__Timeout=00:00:10 ingest config show");
    }

    private static Command HashPassword()
    {
        var command = new Command("hash-password", "Turn a password, asked for or read from standard input, into what Dashboard:Users:NAME wants");
        command.SetAction(async (_, stop) =>
        {
            var password = Console.IsInputRedirected
                ? await Console.In.ReadLineAsync(stop)
                : await new TextPrompt<string>("Password:").Secret(mask: null).ShowAsync(AnsiConsole.Console, stop);
            if (string.IsNullOrEmpty(password)) throw new UserErrorException("there is no password on standard input");
            Console.Out.WriteLine(HashedPassword.Of(password));
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest config hash-password", "INGEST_Dashboard__Users__anna=$(ingest config hash-password < password.txt) ingest run");
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(Toolbox tools) =>
    [
        .. Section(StorageOptions.Section, tools.Get<IOptions<StorageOptions>>().Value),
        .. Section(FetchingOptions.Section, tools.Get<IOptions<FetchingOptions>>().Value),
        .. Section(ArticlesOptions.Section, tools.Get<IOptions<ArticlesOptions>>().Value),
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
        IDictionary<string, string> texts => texts.SelectMany(pair => Setting($"{path}:{pair.Key}", pair.Value)),
        IDictionary named => named.Keys.Cast<string>().SelectMany(name => Section($"{path}:{name}", named[name]!)),
        SinkFilterOptions filter => Section(path, filter),
        _ => [KeyValuePair.Create(path, Show(path, value))],
    };

    private static string Show(string name, object? value) => value switch
    {
        null => "",
        string { Length: > 0 } or ICollection { Count: > 0 } when Redaction.IsSecret(name) => Redaction.Masked,
        string or Uri => Redaction.Of(name, value.ToString()!),
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(item => Redaction.Of(name, item.ToString() ?? ""))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private sealed record ShownSetting(string Name, string Value, string From);
}
