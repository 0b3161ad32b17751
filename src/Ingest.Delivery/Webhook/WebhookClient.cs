using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Delivery.Webhook;

/// <summary>One signed request to one receiver, at a checked address and bounded in time; what the answer says beside its status is not read.</summary>
internal sealed class WebhookClient : IDisposable
{
    private static readonly MediaTypeHeaderValue CloudEvent = new("application/cloudevents+json");

    private readonly HttpMessageInvoker _http;
    private readonly WebhookSignature _signature;
    private readonly Uri _url;
    private readonly string _section;
    private readonly TimeProvider _clock;

    public WebhookClient(string name, WebhookOptions options, TimeProvider clock, TimeSpan longest)
    {
        (_clock, _url, _section) = (clock, options.Url!, $"Sinks:Webhook:{name}");
        Timeout = options.Timeout < longest ? options.Timeout : longest;
        _signature = new WebhookSignature(options.Secrets);
        _http = new HttpMessageInvoker(AddressGuard.TryCreate(options.AllowedAddresses, out _, [_url.Port])!.CreateHandler());
    }

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Only <paramref name="stop"/> throws.</summary>
    public async Task<WebhookAnswer> PostAsync(OutboxMessage message, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            using var request = RequestOf(message);
            using var response = await _http.SendAsync(request, both.Token);
            return WebhookAnswer.Of(response, _clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return NoAnswer($"no answer within {Timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s");
        }
        catch (HttpRequestException error) when (error.InnerException is RefusedAddressException refused)
        {
            return NoAnswer($"{refused.Message}; {_section}:AllowedAddresses can allow it");
        }
        catch (HttpRequestException error)
        {
            return NoAnswer(error.GetBaseException().Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(OutboxMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ReadOnlyMemoryContent(message.Payload),
        };
        request.Content.Headers.ContentType = CloudEvent;
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.TryAddWithoutValidation("User-Agent", "Ingest");
        request.Headers.TryAddWithoutValidation("webhook-id", message.MessageId);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", _signature.Of(message.MessageId, timestamp, message.Payload.Span));
        return request;
    }

    private static WebhookAnswer.Failed NoAnswer(string why) => new(new SinkFault(why), OfReceiver: true);
}
