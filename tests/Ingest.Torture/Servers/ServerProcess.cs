using System.Diagnostics;
using System.Globalization;

namespace Ingest.Torture.Servers;

/// <summary>
/// A throwaway server that its owner may kill and start again: <c>tests/servers.sh</c> knows how to run one, this class whose it is.
/// It ends with this process, however that ends.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _server;
    private readonly string[] _options;
    private readonly Func<string, CancellationToken, Task> _greet;
    private readonly string _folder;
    private Process? _script;
    private Task<string> _errors = Task.FromResult("");

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
        // Both are read, or the server would stand still when a pipe is full.
        _errors = _script.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = _script.StandardOutput.ReadToEndAsync(CancellationToken.None);
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
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (!await GreetsAsync(patience.Token))
        {
            if (!IsUp) throw new InvalidOperationException($"{_server} did not start: {await _errors}");
            await Task.Delay(Look, TimeProvider.System, patience.Token);
        }
    }

    private async Task<bool> GreetsAsync(CancellationToken stop)
    {
        if (!File.Exists(PidFile)) return false;
        try
        {
            await _greet(Connection, stop);
            return true;
        }
        catch (Exception notYet) when (notYet is not OperationCanceledException)
        {
            return false;
        }
    }
}
