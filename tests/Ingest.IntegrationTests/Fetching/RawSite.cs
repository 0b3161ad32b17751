using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>A server below HTTP, for answers that no web server would give: reads a request's head and writes what it is told to.</summary>
internal sealed class RawSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _serving;
    private int _connections;

    private RawSite(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public Uri Url => new($"http://127.0.0.1:{Port}/");
    public int Connections => Volatile.Read(ref _connections);

    public static RawSite Start(Func<NetworkStream, CancellationToken, Task> answer) => new(answer);

    /// <summary>The head, and then the same bytes for ever, or until the other side hangs up.</summary>
    public static RawSite Endless(string head, byte[] bytes, TimeSpan pause = default) => Start(async (stream, stop) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        while (true)
        {
            await stream.WriteAsync(bytes, stop);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, TimeProvider.System, stop);
        }
    });

    private async Task ServeAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true) served.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
        }
        await Task.WhenAll(served);
    }

    private async Task AnswerAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await ReadHeadAsync(stream);
                await _answer(stream, _stop.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }

    private async Task ReadHeadAsync(NetworkStream stream)
    {
        var (head, buffer) = (new StringBuilder(), new byte[4096]);
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }
}
