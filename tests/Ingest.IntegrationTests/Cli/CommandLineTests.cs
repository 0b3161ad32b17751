using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Worker.Access;

namespace Ingest.IntegrationTests.Cli;

/// <summary>The command line as a person meets it: help, errors in one line, exit codes.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("an unknown command", 2, "bogus", "bogus")]
    [InlineData("an unknown option", 2, "--nonsense", "feeds", "list", "--nonsense")]
    [InlineData("no command", 2, "--help")]
    [InlineData("a missing argument", 2, "URL", "feeds", "add")]
    [InlineData("an address that is none", 2, "'nonsense'", "feeds", "add", "nonsense")]
    [InlineData("an address of another kind", 2, "http", "feeds", "add", "ftp://example.org/feed")]
    [InlineData("a feed that is not there", 2, "no feed 99", "feeds", "show", "99")]
    [InlineData("an article that is not there", 2, "no article", "articles", "show", "01931f6e-7c1b-7d3a-9f00-2d9d5a6c1e11")]
    [InlineData("a kind that is none", 2, "transient, permanent and poison", "failures", "list", "--kind", "sad")]
    [InlineData("a time that is none", 2, "24h", "failures", "list", "--since", "soon")]
    [InlineData("a re-run of what", 2, "--all", "failures", "rerun")]
    [InlineData("a discard of what", 2, "--all", "failures", "discard")]
    [InlineData("a status that is none", 2, "5xx", "failures", "list", "--status", "often")]
    [InlineData("a rate that is none", 2, "10/s", "failures", "rerun", "--all", "--rate", "fast")]
    [InlineData("a failure that is none", 2, "failures list", "failures", "show", "7")]
    [InlineData("an action that is none", 2, "audit list", "failures", "progress", "7")]
    [InlineData("an unreadable file", 1, "no such file", "extract", "nowhere.html")]
    [InlineData("a site that has no rules", 2, "rules list", "rules", "test", "example.org")]
    [InlineData("an unreadable feed", 1, "no such file", "parse", "nowhere.xml")]
    [InlineData("a private address", 1, "not a public address", "extract", "http://127.0.0.1:1/")]
    [InlineData("a settings file that is not there", 3, "nowhere.json", "config", "show", "--config", "nowhere.json")]
    [InlineData("pages for everybody without a password", 3, "Dashboard:Password", "run", "--url", "http://0.0.0.0:8080")]
    [InlineData("a database that there is not", 2, "'postgres'", "feeds", "list", "--storage", "oracle")]
    [InlineData("PostgreSQL, but where", 3, "INGEST_Storage__ConnectionString", "feeds", "list", "--storage", "postgres")]
    [InlineData("an address to listen on that is none", 3, "http://localhost:8080", "run", "--url", "nonsense")]
    public async Task A_mistake_gets_one_line_that_says_what_and_the_right_exit_code(string reason, int exitCode, string says, params string[] arguments)
    {
        using var data = new TempFolder();
        var result = await WorkerProcess.RunAsync(arguments, ("Storage:DataDir", data.Path));
        Assert.True(exitCode == result.ExitCode, $"{reason}: {result.ExitCode} {result.Errors}");
        IsOneLine(result.Errors, says);
    }

    [Theory]
    [InlineData("no server", 4, "Failed to connect to 127.0.0.1:9", "Host=127.0.0.1;Port=9;Username=me;Password=hush")]
    [InlineData("a keyword that is none", 3, "'hots'", "Hots=127.0.0.1;Password=hush")]
    [InlineData("a value that is none", 3, "'port'", "Host=127.0.0.1;Port=hush")]
    [InlineData("no host", 3, "no Host", "Database=ingest;Password=hush")]
    [InlineData("something else altogether", 3, "Keyword=value", "postgres://me:hush@127.0.0.1/ingest")]
    public async Task A_server_that_cannot_be_used_is_told_in_one_line_without_the_password(string reason, int exitCode, string says, string connection)
    {
        using var data = new TempFolder();
        var result = await WorkerProcess.RunAsync(["feeds", "list", "--storage", "postgres"], ("Storage:DataDir", data.Path), ("Storage:ConnectionString", connection));
        Assert.True(exitCode == result.ExitCode, $"{reason}: {result.ExitCode} {result.Errors}");
        IsOneLine(result.Errors, says);
        Assert.DoesNotContain("hush", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_the_database_is_not_shown()
    {
        using var data = new TempFolder();
        foreach (var connection in (string[])["Host=db;Database=ingest;Password=hush", "postgres://me:hush@db/ingest", "pwd=hush;host=db"])
        {
            var result = await WorkerProcess.RunAsync(["config", "show"], ("Storage:DataDir", data.Path), ("Storage:ConnectionString", connection));
            Assert.Equal(0, result.ExitCode);
            Assert.Contains("Storage:ConnectionString", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_bad_value_of_the_configuration_is_named_at_once()
    {
        using var data = new TempFolder();
        var result = await WorkerProcess.RunAsync(
            ["run"], ("Storage:DataDir", data.Path), ("Fetching:Timeout", "soon"), ("Schedule:Concurrency", "0"), ("Retry:MaxAttempt", "3"), ("Fetchin:Timeout", "1"));
        Assert.Equal(3, result.ExitCode);
        foreach (var name in (string[])["Fetching:Timeout", "Schedule:Concurrency", "MaxAttempt", "Fetchin"]) IsOneLine(result.Errors, name);
    }

    [Fact]
    public async Task Every_bad_value_of_every_sink_is_named_at_once()
    {
        var result = await WorkerProcess.RunAsync(
            ["config", "show"], ("Sinks:RabbitMq:news:Exchange", ""), ("Sinks:Webhook:hook:Url", "ftp://example.org/"), ("Sinks:Webhook:hook:Secrets:0", "hunter2"), ("Sinks:JsonLines:news:Path", "a"));
        Assert.Equal(3, result.ExitCode);
        foreach (var name in (string[])["Sinks:RabbitMq:news:Uri", "Sinks:RabbitMq:news:Exchange", "Sinks:Webhook:hook:Url", "Sinks:Webhook:hook:Secrets:0", "the name news stands for 2 sinks"])
            IsOneLine(result.Errors, name);
        Assert.DoesNotContain("hunter2", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_not_json_is_named()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["bad.json"], "{ \"Fetching\": ", TestContext.Current.CancellationToken);
        var result = await WorkerProcess.RunAsync(["config", "show", "--config", data["bad.json"]]);
        Assert.Equal(3, result.ExitCode);
        IsOneLine(result.Errors, "bad.json");
    }

    [Fact]
    public async Task A_settings_file_is_outranked_by_the_environment_and_secrets_are_masked()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(
            data["ingest.json"], """{ "Fetching": { "Timeout": "00:00:07", "MaxRedirects": 3 }, "Dashboard": { "Password": "hunter2" } }""", TestContext.Current.CancellationToken);
        var result = await WorkerProcess.RunAsync(["config", "show", "--json", "--config", data["ingest.json"]], ("Fetching:MaxRedirects", "4"));
        var shown = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(("00:00:07", data["ingest.json"]), Setting(shown, "Fetching:Timeout"));
        Assert.Equal(("4", "INGEST_Fetching__MaxRedirects"), Setting(shown, "Fetching:MaxRedirects"));
        Assert.Equal(("2", "default"), Setting(shown, "Fetching:HostConcurrency"));
        Assert.Equal(("***", data["ingest.json"]), Setting(shown, "Dashboard:Password"));
        Assert.DoesNotContain("hunter2", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_of_a_sink_or_the_database_is_shown()
    {
        var result = await WorkerProcess.RunAsync(
            ["config", "show"], ("Storage:Provider", "postgres"), ("Storage:ConnectionString", "Host=db;Password=hunter2"), ("Sinks:RabbitMq:queue:Uri", "amqp://user:hunter2@broker/"),
            ("Sinks:Webhook:hook:Url", "https://example.org/hooks?token=hunter2"), ("Sinks:Webhook:hook:Secrets:0", "whsec_aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVy"));
        Assert.Contains("Sinks:RabbitMq:queue:Uri = amqp://***@broker/    (INGEST_Sinks__RabbitMq__queue__Uri)", result.Output, StringComparison.Ordinal);
        Assert.Contains("Sinks:Webhook:hook:Secrets = ***", result.Output, StringComparison.Ordinal);
        Assert.Contains("Host=db", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_may_be_in_a_file_whose_last_line_end_does_not_count()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["database"], "Host=db;Database=ingest;Password=hush\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(data["agent"], "Example/1.0\r\n", TestContext.Current.CancellationToken);
        var result = await WorkerProcess.RunAsync(["config", "show", "--json"], ("Storage:ConnectionString_FILE", data["database"]), ("Fetching:UserAgent_FILE", data["agent"]));
        var shown = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(("Host=db;Database=ingest;Password=***", $"INGEST_Storage__ConnectionString_FILE: {data["database"]}"), Setting(shown, "Storage:ConnectionString"));
        Assert.Equal("Example/1.0", Setting(shown, "Fetching:UserAgent").Value);
    }

    [Fact]
    public async Task A_settings_file_that_cannot_be_read_or_is_one_of_two_is_a_configuration_error()
    {
        var missing = await WorkerProcess.RunAsync(["config", "show"], ("Dashboard:Password_FILE", "/nowhere/password"));
        Assert.Equal(3, missing.ExitCode);
        IsOneLine(missing.Errors, "INGEST_Dashboard__Password_FILE");
        var both = await WorkerProcess.RunAsync(["config", "show"], ("Dashboard:Password_FILE", "/nowhere/password"), ("Dashboard:Password", "hush"));
        Assert.Equal(3, both.ExitCode);
        IsOneLine(both.Errors, "both INGEST_Dashboard__Password and INGEST_Dashboard__Password_FILE");
    }

    [Fact]
    public async Task A_hashed_password_is_what_a_user_of_the_settings_wants()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["password"], "hunter2\n", TestContext.Current.CancellationToken);
        var hashed = await WorkerProcess.RunAsync(["config", "hash-password"], input: data["password"]);
        Assert.Equal(0, hashed.ExitCode);
        Assert.True(HashedPassword.Matches(hashed.Output.Trim(), "hunter2"));
        var shown = await WorkerProcess.RunAsync(["config", "show"], ("Dashboard:Users:anna", hashed.Output.Trim()));
        Assert.Contains("Dashboard:Users:anna = ***", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bad_value_of_the_sign_in_is_named_at_once()
    {
        var result = await WorkerProcess.RunAsync(["config", "show"], ("Dashboard:Users:anna", "hunter2"), ("Dashboard:Proxies:0", "proxy.example"), ("Dashboard:SessionTime", "0"));
        Assert.Equal(3, result.ExitCode);
        foreach (var name in (string[])["Dashboard:Users:anna", "ingest config hash-password", "Dashboard:Proxies: 'proxy.example'", "Dashboard:SessionTime"]) IsOneLine(result.Errors, name);
        Assert.DoesNotContain("hunter2", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_or_held_by_another_worker_is_a_storage_error()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["file"], "", TestContext.Current.CancellationToken);
        var file = await WorkerProcess.RunAsync(["run", "--data", data["file"], "--url", "http://127.0.0.1:0"]);
        Assert.Equal(4, file.ExitCode);
        IsOneLine(file.Errors, "--data");

        await using var first = WorkerProcess.Start(["run", "--data", data["held"], "--url", "http://127.0.0.1:0"]);
        await first.StartedAsync();
        var second = await WorkerProcess.RunAsync(["run", "--data", data["held"], "--url", "http://127.0.0.1:0"]);
        Assert.Equal(4, second.ExitCode);
        IsOneLine(second.Errors, "in use by another worker");
    }

    [Fact]
    public async Task A_port_in_use_is_a_configuration_error()
    {
        using var data = new TempFolder();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var result = await WorkerProcess.RunAsync(["run", "--data", data.Path, "--url", $"http://{taken.LocalEndpoint}"]);
        Assert.Equal(3, result.ExitCode);
        IsOneLine(result.Errors, "--url");
    }

    [Fact]
    public async Task Every_command_has_help_with_an_example()
    {
        string[][] commands =
        [
            ["run"], ["feeds"], ["feeds", "add"], ["feeds", "list"], ["feeds", "show"], ["feeds", "import"], ["feeds", "export"], ["feeds", "check"], ["feeds", "remove"], ["feeds", "poll"], ["articles"], ["articles", "list"], ["articles", "show"],
            ["extract"], ["parse"], ["rules"], ["rules", "list"], ["rules", "test"], ["rules", "import"], ["failures"], ["failures", "list"], ["failures", "show"], ["failures", "rerun"], ["failures", "discard"], ["failures", "progress"], ["audit"], ["audit", "list"],
            ["outbox"], ["outbox", "status"], ["outbox", "dead"], ["outbox", "replay"], ["outbox", "drop"], ["db"], ["db", "migrate"], ["db", "wait"],
            ["config"], ["config", "show"], ["config", "hash-password"], ["healthcheck"],
        ];
        foreach (var command in commands)
        {
            var help = await WorkerProcess.RunAsync([.. command, "--help"]);
            Assert.Equal(0, help.ExitCode);
            Assert.Contains($"ingest {string.Join(' ', command)}", help.Output[help.Output.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_healthcheck_tells_a_running_worker_from_none()
    {
        using var data = new TempFolder();
        await using var worker = WorkerProcess.Start(["run", "--data", data.Path, "--url", "http://127.0.0.1:0"]);
        await worker.StartedAsync();
        var url = worker.Url;
        Assert.Equal(0, (await WorkerProcess.RunAsync(["healthcheck"], ("Dashboard:Url", url))).ExitCode);
        await worker.TerminateAsync();
        Assert.Equal(1, (await WorkerProcess.RunAsync(["healthcheck"], ("Dashboard:Url", url))).ExitCode);
    }

    private static (string? Value, string? From) Setting(JsonElement shown, string name) =>
        (shown.GetProperty(name).GetProperty("value").GetString(), shown.GetProperty(name).GetProperty("from").GetString());

    private static void IsOneLine(string errors, string says)
    {
        Assert.StartsWith("ingest: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
