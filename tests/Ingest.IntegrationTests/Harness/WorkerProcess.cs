using System.Diagnostics;
using System.Text;

namespace Ingest.IntegrationTests.Harness;

/// <summary>The real program as a process of its own, with its own data folder.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Nobody = "/usr/bin/setpriv";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ingest.dll");

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private WorkerProcess(Process process) => _process = process;

    public string Output => Text(_output);
    public string Errors => Text(_errors);
    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;

    /// <summary>Where the pages are, once the worker has said so.</summary>
    public string Url => Output.Split('\n').First(line => line.StartsWith("pages:", StringComparison.Ordinal))["pages:".Length..].Trim();

    /// <summary>Starts the program; <paramref name="settings"/> are given as environment variables, <c>Fetching:Timeout</c> as INGEST_Fetching__Timeout.</summary>
    public static WorkerProcess Start(IEnumerable<string> arguments, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = Path.GetTempPath() };
        Set(start, settings);
        return Begin(start);
    }

    /// <summary>As a user who owns nothing, in a folder where nothing can be written. Root alone can do that, and only where the build's output can be read by others.</summary>
    public static async Task<WorkerProcess> StartAsNobodyAsync(IEnumerable<string> arguments, params (string Key, string Value)[] settings)
    {
        string[] asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];
        if (Environment.UserName != "root" || !File.Exists(Nobody)) Assert.Skip("to become nobody takes root, and setpriv");
        using var reads = Process.Start(Nobody, [.. asNobody, "test", "-r", Program]);
        await reads.WaitForExitAsync();
        if (reads.ExitCode != 0) Assert.Skip($"nobody cannot read {Program}");
        var start = new ProcessStartInfo(Nobody, [.. asNobody, "dotnet", Program, .. arguments]) { WorkingDirectory = "/" };
        Set(start, settings);
        return Begin(start);
    }

    private static void Set(ProcessStartInfo start, (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings) start.Environment[$"INGEST_{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
    }

    private static WorkerProcess Begin(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        // Not a setting of the program, but of the golden files.
        start.Environment.Remove("INGEST_ACCEPT");
        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker._process.OutputDataReceived += (_, line) => Append(worker._output, line.Data);
        worker._process.ErrorDataReceived += (_, line) => Append(worker._errors, line.Data);
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits until its pages can be asked for; one that ends before fails the test with what it said.</summary>
    public async Task StartedAsync()
    {
        await Wait.UntilAsync(() => HasExited || Output.Contains("pages:", StringComparison.Ordinal), "the worker's start");
        Assert.False(HasExited, $"ended while it started: {Output}{Errors}");
    }

    /// <summary>Runs one command to its end, with a file for its standard input.</summary>
    public static async Task<Result> RunAsync(IEnumerable<string> arguments, string input)
    {
        await using var worker = Begin(new ProcessStartInfo("/bin/sh", ["-c", $"dotnet {Program} {string.Join(' ', arguments)} < '{input}'"]) { WorkingDirectory = Path.GetTempPath() });
        return await worker.EndAsync();
    }

    /// <summary>Runs one command to its end.</summary>
    public static async Task<Result> RunAsync(IEnumerable<string> arguments, params (string Key, string Value)[] settings)
    {
        await using var worker = Start(arguments, settings);
        return await worker.EndAsync();
    }

    /// <summary>Waits for the end; a process that does not come to it fails the test with what it said.</summary>
    public async Task<Result> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            Assert.Fail($"still running after {Patience}: {Output}{Errors}");
        }
        return new Result(_process.ExitCode, Output, Errors);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await EndAsync();
    }

    /// <summary>SIGTERM, and the time until the end.</summary>
    public async Task<(Result Result, TimeSpan Time)> TerminateAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var result = await EndAsync();
        return (result, Stopwatch.GetElapsedTime(begun));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    internal sealed record Result(int ExitCode, string Output, string Errors);
}
