using System.Diagnostics;
using System.Globalization;

namespace Ingest.Torture.Servers;

/// <summary>
/// A throwaway server that its owner may kill and start again: <c>tests/servers.sh</c> knows how to run one, this class whose it is.
/// It ends with this process, however that ends.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>A broker begins in seven seconds, and on a machine with twenty other things to do in a hundred.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private const int LinesKept = 20;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _server;
    private readonly string[] _options;
    private readonly Func<string, CancellationToken, Task> _greet;
    private readonly string _folder;
    private Process? _script;
    private Task<string> _said = Task.FromResult("");

    private ServerProcess(string server, string[] options, Func<string, CancellationToken, Task> greet)
    {
        (_server, _options, _greet) = (server, options, greet);
        _folder = Directory.CreateTempSubdirectory($"ingest-{server}-").FullName;
    }

    /// <summary>How to connect; the same after every start.</summary>
    public string Connection => File.ReadAllText(Path.Combine(_folder, "connection")).Trim();

    /// <summary>The server itself, not the script that watches it.</summary>
    public int Pid => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    public bool IsUp => _script is { HasExited: false };

    /// <summary>A new server that answers. <paramref name="greet"/> connects once, and throws while the server is not ready.</summary>
    public static async Task<ServerProcess> CreateAsync(string server, string[] options, Func<string, CancellationToken, Task> greet, CancellationToken stop)
    {
        var process = new ServerProcess(server, options, greet);
        try
        {
            await process.StartAsync(stop);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on what its folder holds, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[ServerScript.Path, _server, _folder, "--with-caller", .. _options]) start.ArgumentList.Add(argument);
        File.Delete(PidFile);
        _script = Process.Start(start)!;
        _said = LastWordsAsync(_script);
        await AnswersAsync(stop);
    }

    /// <summary>Sends the server this signal and waits until it is gone. KILL is a crash; QUIT is what PostgreSQL calls an immediate stop.</summary>
    public async Task StopAsync(string signal)
    {
        if (_script is null) return;
        using (var kill = Process.Start("kill", [$"-{signal}", Pid.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await _script.WaitForExitAsync();
        _script.Dispose();
        _script = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUp && File.Exists(PidFile)) await StopAsync("KILL");
        Directory.Delete(_folder, recursive: true);
    }

    private string PidFile => Path.Combine(_folder, "pid");

    private async Task AnswersAsync(CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await GreetsAsync(stop))
        {
            if (!IsUp) throw new InvalidOperationException($"{_server} did not start: {await _said}");
            if (patience.IsCancellationRequested) throw new InvalidOperationException($"{_server} does not answer after {Patience}");
            await Task.Delay(Look, TimeProvider.System, stop);
        }
    }

    /// <summary>Both streams are read, or the server would stand still when a pipe is full; what it said last is kept.</summary>
    private static async Task<string> LastWordsAsync(Process script)
    {
        var errors = script.StandardError.ReadToEndAsync(CancellationToken.None);
        var last = new Queue<string>();
        while (await script.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            last.Enqueue(line);
            if (last.Count > LinesKept) last.Dequeue();
        }
        return string.Join('\n', [.. last, await errors]);
    }

    private async Task<bool> GreetsAsync(CancellationToken stop)
    {
        if (!File.Exists(PidFile)) return false;
        using var answer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        answer.CancelAfter(AnswerTime);
        try
        {
            await _greet(Connection, answer.Token);
            return true;
        }
#pragma warning disable CA1031 // Whatever the client makes of a server that is not ready: it is not ready.
        catch (Exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
