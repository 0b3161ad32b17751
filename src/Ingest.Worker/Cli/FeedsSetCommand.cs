using System.CommandLine;
using System.Globalization;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest feeds set</c>: how one feed wants to be asked.</summary>
internal static class FeedsSetCommand
{
    /// <summary>What HTTP itself sets, or what says who is asked (RFC 9110, 7.2 and 7.6.1).</summary>
    private static readonly string[] NotToBeSet =
        ["host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "keep-alive", "expect", "proxy-connection", "accept-encoding", "if-none-match", "if-modified-since"];

    private static readonly Argument<long> Id = new("ID") { Description = "The feed's number, as feeds list shows it" };
    private static readonly Option<string[]> Headers = new("--header")
    {
        Description = "A header sent to the feed's own site, in place of those set before; may be given again",
        HelpName = "NAME: VALUE",
    };
    private static readonly Option<string?> User = new("--user") { Description = "User name for HTTP Basic, sent to the feed's own site", HelpName = "NAME" };
    private static readonly Option<FileInfo?> PasswordFile = new("--password-file") { Description = "File with the password that goes with --user", HelpName = "FILE" };
    private static readonly Option<string?> UserAgent = new("--user-agent") { Description = "User-Agent header in place of Fetching:UserAgent", HelpName = "TEXT" };
    private static readonly Option<string?> Proxy = new("--proxy") { Description = "Proxy for the feed and its pages, in place of Fetching:Proxy", HelpName = "URL" };
    private static readonly Option<bool?> IgnoreRobots = new("--ignore-robots")
    {
        Description = "Fetch the feed's pages whatever robots.txt says: the publisher agreed, or the site is yours (true or false)",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> Reset = new("--reset") { Description = "Forget what was set before" };

    public static Command Build()
    {
        var command = new Command("set", "Say how one feed wants to be asked: headers, password, user agent, proxy, robots.txt")
        {
            Id, Headers, User, PasswordFile, UserAgent, Proxy, IgnoreRobots, Reset, GlobalOptions.Json,
        };
        command.SetAction(SetAsync);
        return command.WithExamples("ingest feeds set 3 --user reader --password-file secret.txt", "ingest feeds set 3 --header \"X-Api-Key: 1234\" --ignore-robots", "ingest feeds set 3 --reset");
    }

    private static async Task<int> SetAsync(ParseResult call, CancellationToken stop)
    {
        await using var tools = await Toolbox.OpenAsync(GlobalOptions.Settings(call), stop);
        var (id, store) = (call.GetRequiredValue(Id), tools.Get<IFeedSettings>());
        var before = await store.FindAsync(id, stop) ?? throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"there is no feed {id}; see: ingest feeds list"));
        var after = Changed(call, call.GetValue(Reset) ? FetchSettings.None : before);
        await store.SaveAsync(id, after, stop);
        await tools.AuditAsync("feeds set", string.Create(CultureInfo.InvariantCulture, $"feed={id} {after.Words()}"), 1, stop);
        if (call.GetValue(GlobalOptions.Json)) Output.Json(new { id, asked = after.Words() });
        else Console.Out.WriteLine($"feed {id} is asked {after.Words()}");
        return ExitCodes.Done;
    }

    private static FetchSettings Changed(ParseResult call, FetchSettings settings)
    {
        if (call.GetValue(Headers) is { Length: > 0 } headers) settings = settings with { Headers = headers.Select(HeaderOf).DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToDictionary() };
        if (call.GetValue(User) is { } user) settings = settings with { User = user };
        if (call.GetValue(PasswordFile) is { } file) settings = settings with { Password = PasswordIn(file) };
        if (call.GetValue(UserAgent) is { } agent) settings = settings with { UserAgent = agent };
        if (call.GetValue(Proxy) is { } proxy) settings = settings with { Proxy = ProxyOf(proxy) };
        if (call.GetResult(IgnoreRobots) is not null) settings = settings with { IgnoresRobots = call.GetValue(IgnoreRobots) ?? true };
        return settings.Password is null || settings.User is not null ? settings : throw new UserErrorException("a password needs a user name; give --user too");
    }

    private static KeyValuePair<string, string> HeaderOf(string text)
    {
        var parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 } name, { Length: > 0 } value] || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || value.Any(char.IsControl))
            throw new UserErrorException($"'{text}' is not a header; write it like \"X-Api-Key: 1234\"");
        return NotToBeSet.Contains(name, StringComparer.OrdinalIgnoreCase) ? throw new UserErrorException($"the header {name} is not yours to set") : KeyValuePair.Create(name, value);
    }

    private static string PasswordIn(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the password cannot be read: {error.Message}");
        }
    }

    private static Uri ProxyOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var proxy) && FetchSettings.IsProxy(proxy)
        ? proxy
        : throw new UserErrorException($"'{text}' is not a proxy's address; {FetchSettings.NoProxy}");
}
