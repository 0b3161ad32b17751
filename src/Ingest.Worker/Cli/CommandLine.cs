using System.CommandLine;
using System.CommandLine.Help;
using System.Net.Sockets;

namespace Ingest.Worker.Cli;

/// <summary>The commands, and the one place where an error becomes a line and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var root = Build();
        var call = root.Parse(args);
        if (call.Errors.Count > 0 && call.Action is not HelpWithExamples)
        {
            var what = call.UnmatchedTokens.Count > 0 ? $"there is no command or option '{call.UnmatchedTokens[0]}' here" : OnOneLine(call.Errors[0].Message).TrimEnd('.');
            await Console.Error.WriteLineAsync($"ingest: {what}; see: {CommandPath(call)} --help");
            return ExitCodes.Usage;
        }
        try
        {
            // Ctrl+C and SIGTERM cancel the token of the action; the host of `run` takes its own time to stop, up to its limit.
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
            return await call.InvokeAsync(invocation, stop);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.SomeFailed;
        }
#pragma warning disable CA1031 // The process boundary: whatever reaches it becomes one line, or with --verbose the whole story.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var (code, line) = Explain(error);
            await Console.Error.WriteLineAsync($"ingest: {line}");
            if (call.GetValue(GlobalOptions.Verbose)) await Console.Error.WriteLineAsync(error.ToString());
            return code;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Fetches news feeds, cleans their articles and queues them for downstream processing.")
        {
            GlobalOptions.Data, GlobalOptions.Storage, GlobalOptions.Config, GlobalOptions.Verbose,
            RunCommand.Build(), FeedsCommand.Build(), ArticlesCommand.Build(), ExtractCommand.Build(), ParseCommand.Build(), RulesCommand.Build(), FailuresCommand.Build(),
            OutboxCommand.Build(), WorkersCommand.Build(), AuditCommand.Build(), DbCommand.Build(), ConfigCommand.Build(), HealthcheckCommand.Build(),
        };
        root.WithExamples("ingest run --demo", "ingest feeds add https://example.org/feed.xml", "ingest run");
        if (root.Options.OfType<VersionOption>().SingleOrDefault() is { } version) version.Description = "Show the version";
        return root;
    }

    private static string OnOneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string CommandPath(ParseResult call)
    {
        var names = new List<string>();
        for (var at = call.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult) names.Add(at.Command.Name);
        names[^1] = "ingest";
        names.Reverse();
        return string.Join(' ', names);
    }

    private static (int Code, string Line) Explain(Exception error) => error switch
    {
        UserErrorException user => (user.ExitCode, user.Message),
        _ when StorageFault.Explain(error) is { } line => (ExitCodes.Storage, line),
        IOException { InnerException.InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } } or
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            (ExitCodes.Configuration, $"{error.Message.TrimEnd('.')}; stop the other program or choose another address with --url"),
        _ => (ExitCodes.SomeFailed, $"unexpected {error.GetType().Name}: {error.Message} (--verbose shows where)"),
    };

    /// <summary>Adds examples to a command's help.</summary>
    public static T WithExamples<T>(this T command, params string[] examples) where T : Command
    {
        var help = command.Options.OfType<HelpOption>().SingleOrDefault();
        if (help is null) command.Options.Add(help = new HelpOption());
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        return command;
    }

    private sealed class HelpWithExamples(HelpAction help, string[] examples) : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }
    }
}
