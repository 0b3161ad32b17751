using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Ingest.Pipeline.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>The ways out: one pool of guarded connections for the direct way, and one for each proxy.</summary>
internal sealed class Routes(AddressGuard guard, FetchingOptions options) : IDisposable
{
    private const string Direct = "";

    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _routes = new(StringComparer.Ordinal);

    public HttpMessageInvoker By(Uri? proxy) => _routes.GetOrAdd(proxy?.AbsoluteUri ?? Direct, _ => new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(HandlerFor(proxy)))).Value;

    private SocketsHttpHandler HandlerFor(Uri? proxy)
    {
        var handler = guard.CreateHandler(proxy);
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.MaxResponseHeadersLength = (options.MaxHeaderBytes + 1023) / 1024;
        // Addresses in Location are UTF-8 where they are not ASCII, as browsers have it.
        handler.ResponseHeaderEncodingSelector = (name, _) => name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : null;
        // What is refused or redirected is not read to its end to save a connection.
        handler.MaxResponseDrainSize = 64 * 1024;
        handler.ResponseDrainTimeout = TimeSpan.FromSeconds(1);
        // The bytes are counted before they are unpacked, and after.
        handler.AutomaticDecompression = DecompressionMethods.None;
        return handler;
    }

    public void Dispose()
    {
        foreach (var route in _routes.Values) route.Value.Dispose();
    }
}
