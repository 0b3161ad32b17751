using System.Diagnostics;
using System.Globalization;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>One of the consumers of <c>deploy/examples</c>, as a process of its own.</summary>
internal sealed class ConsumerProcess : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ConsumerProcess(string program, string argument, string database, string lease)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, Environment = { ["DATABASE"] = database, ["LEASE"] = lease } };
        start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the process is made of, so that another can take its place.</summary>
    public required Func<ConsumerProcess> Again { get; init; }

    public static ConsumerProcess InPython(ConsumerRole role) =>
        new(Python, Repository.File("deploy", "examples", "consumer.py"), role.LibpqString, "2 seconds") { Again = () => InPython(role) };

    public static ConsumerProcess InCSharp(string program, ConsumerRole role) =>
        new("dotnet", program, role.ConnectionString, "00:00:02") { Again = () => InCSharp(program, role) };

    /// <summary>Compiles the C# example into a folder; returns the program.</summary>
    public static async Task<string> BuildAsync(string folder)
    {
        var (code, output) = await RunAsync("dotnet", "build", Repository.File("deploy", "examples", "consumer.cs"), "--output", folder, "-nologo");
        Assert.True(code == 0 && !output.Contains("warning", StringComparison.OrdinalIgnoreCase), output);
        return Path.Combine(folder, "consumer.dll");
    }

    /// <summary>Without the driver the test is skipped, or fails on a build server.</summary>
    public static async Task NeedPythonAsync()
    {
        if (File.Exists(Python) && (await RunAsync(Python, "-c", "import psycopg")).Code == 0) return;
        const string What = "psycopg is missing: install Debian's package python3-psycopg";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(What);
        Assert.Skip(What);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Assert.False(_process.HasExited, $"ended by itself: {(_process.HasExited ? await _errors : "")}");
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and what it left with.</summary>
    public async Task<(int Code, string Errors)> TerminateAsync()
    {
        await RunAsync("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
