using System.Globalization;

namespace Ingest.Torture;

/// <summary>Reads the arguments: <c>--name value</c>, and <c>--short</c>.</summary>
internal static class CommandLine
{
    public const string Usage = """
        usage: Ingest.Torture [--short] [--seed N] [--minutes N] [--feeds N] [--workers N] [--rate ARTICLES-A-SECOND]
                              [--kills-per-minute N] [--faults-per-minute N] [--sinks PostgresQueue,RabbitMq,Webhook,JsonLines] [--keep-logs FOLDER]
        """;

    /// <summary>Null when they make no sense.</summary>
    public static TortureOptions? Read(string[] arguments)
    {
        var isShort = arguments.Contains("--short");
        var options = isShort ? TortureOptions.Short : new TortureOptions();
        string[] pairs = [.. arguments.Where(argument => argument != "--short")];
        if (pairs.Length % 2 != 0) return null;
        foreach (var pair in pairs.Chunk(2))
        {
            if (With(options, pair[0], pair[1]) is not { } read) return null;
            options = read;
        }
        return options;
    }

    private static TortureOptions? With(TortureOptions options, string name, string value)
    {
        if (name == "--keep-logs") return options with { KeepIn = value };
        if (name == "--sinks") return Sinks(value) is { } sinks ? options with { Sinks = sinks } : null;
        if (!double.TryParse(value, CultureInfo.InvariantCulture, out var number) || number < 0) return null;
        return name switch
        {
            "--seed" => options with { Seed = (int)number },
            "--minutes" => options with { Duration = TimeSpan.FromMinutes(number) },
            "--feeds" => options with { Feeds = (int)number },
            "--workers" => options with { Workers = (int)number },
            "--rate" => options with { Rate = number },
            "--kills-per-minute" => options with { KillsPerMinute = number },
            "--faults-per-minute" => options with { FaultsPerMinute = number },
            _ => null,
        };
    }

    private static HashSet<SinkKind>? Sinks(string value)
    {
        var sinks = new HashSet<SinkKind>();
        foreach (var name in value.Split(','))
        {
            if (!Enum.TryParse<SinkKind>(name, ignoreCase: true, out var sink)) return null;
            sinks.Add(sink);
        }
        return sinks;
    }
}
