using System.Globalization;
using System.Net;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline.WebSub;

/// <summary>Asks hubs to begin, or to end, at checked addresses and bounded in time. What they decide comes to the callback.</summary>
public sealed class HubClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http;
    private readonly WebSubOptions _options;
    private readonly FetchingOptions _fetching;
    private readonly TimeProvider _clock;

    public HubClient(AddressGuard guard, IOptions<WebSubOptions> options, IOptions<FetchingOptions> fetching, TimeProvider clock) =>
        (_http, _options, _fetching, _clock) = (new HttpMessageInvoker(guard.CreateHandler()), options.Value, fetching.Value, clock);

    /// <summary>Only <paramref name="stop"/> throws.</summary>
    /// <returns>What was wrong, in a line for a person; null when the hub has taken it.</returns>
    public async Task<string?> AskAsync(PushSubscription subscription, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(Patience, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            using var request = RequestOf(subscription);
            using var response = await _http.SendAsync(request, both.Token);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"the hub answers {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the hub does not answer within {Patience.TotalSeconds} s");
        }
        catch (HttpRequestException error)
        {
            return $"the hub cannot be asked: {error.GetBaseException().Message}";
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(PushSubscription subscription)
    {
        var fields = new Dictionary<string, string>
        {
            ["hub.mode"] = subscription.State is PushState.Leaving ? "unsubscribe" : "subscribe",
            ["hub.topic"] = subscription.Topic.AbsoluteUri,
            ["hub.callback"] = $"{_options.CallbackUrl!.AbsoluteUri.TrimEnd('/')}/{subscription.Token}",
        };
        if (subscription.State is not PushState.Leaving)
        {
            fields["hub.secret"] = subscription.Secret;
            fields["hub.lease_seconds"] = ((long)_options.Lease.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Hub) { Content = new FormUrlEncodedContent(fields), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", _fetching.UserAgent);
        return request;
    }
}
