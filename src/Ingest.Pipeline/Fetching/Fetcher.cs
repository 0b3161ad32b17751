using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using Ingest.Pipeline.Options;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>The only place where bytes enter: one polite, bounded GET, with every connected address checked.</summary>
public sealed class Fetcher : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>A refusal's page is read no longer than this: nothing depends on it, and a host's turn does.</summary>
    private const int RefusalBytes = 64 * 1024;
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _http;
    private readonly AddressGuard _guard;
    private readonly HostThrottle _throttle;
    private readonly FetchingOptions _options;
    private readonly TimeProvider _clock;

    public Fetcher(AddressGuard guard, HostThrottle throttle, IOptions<FetchingOptions> options, TimeProvider clock)
    {
        (_guard, _throttle, _options, _clock) = (guard, throttle, options.Value, clock);
        var handler = guard.CreateHandler();
        handler.AutomaticDecompression = DecompressionMethods.All;
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>Fetches one address, following redirects. Only shutdown throws.</summary>
    public async Task<FetchOutcome> GetAsync(FetchRequest request, CancellationToken stop)
    {
        var recorder = new FetchRecorder(_clock);
        return recorder.Explain(await TryAsync(request, recorder, stop));
    }

    private async Task<FetchOutcome> TryAsync(FetchRequest request, FetchRecorder recorder, CancellationToken stop)
    {
        try
        {
            return await FollowAsync(request, recorder, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return TimedOut();
        }
        catch (HttpRequestException error)
        {
            return OfException(error);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return new FetchOutcome.Failed(FetchFault.CutShort, $"the answer broke off: {error.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FetchOutcome> FollowAsync(FetchRequest request, FetchRecorder recorder, CancellationToken stop)
    {
        var (url, left) = (request.Url, _options.Timeout);
        for (var hop = 0; hop <= _options.MaxRedirects; hop++)
        {
            if (left <= TimeSpan.Zero) return TimedOut();
            if (Quiet(url) is { } wait) return wait;
            // Waiting politely for one's turn is no fault of the host's: the time runs from here.
            using var turn = await _throttle.WaitAsync(url, stop);
            if (turn is null) return new FetchOutcome.Deferred(HostThrottle.Deferral);
            // The one before may have been told, or the worker that had the host.
            if (Quiet(url) is { } told) return told;
            var begun = _clock.GetTimestamp();
            using var deadline = new CancellationTokenSource(left, _clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
            using var message = MessageOf(request, url);
            recorder.Begin(url);
            using var response = await _http.SendAsync(message, both.Token);
            recorder.Answered(response, _guard.LastConnected(url));
            if (!IsRedirect(response)) return await ReadAsync(response, url, recorder, both.Token);
            recorder.End();
            left -= _clock.GetElapsedTime(begun);
            if (!TryResolve(url, response.Headers.Location!, out var next))
                return new FetchOutcome.Failed(FetchFault.BadRedirect, $"{(int)response.StatusCode} redirects to an address that is not http or https") { Status = (int)response.StatusCode };
            url = next;
        }
        return new FetchOutcome.Failed(FetchFault.RedirectLoop, $"more than {_options.MaxRedirects} redirects");
    }

    private FetchOutcome.Failed? Quiet(Uri url) =>
        _throttle.QuietFor(url) is { } quiet ? new FetchOutcome.Failed(FetchFault.RateLimited, $"{url.Authority} asked for quiet", quiet) : null;

    private FetchOutcome.Failed TimedOut() => new(FetchFault.Timeout, $"no whole answer within {_options.Timeout.TotalSeconds:0.#} s");

    private HttpRequestMessage MessageOf(FetchRequest request, Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.ETag is { } etag) message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (request.LastModified is { } modified) message.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        return message;
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect && response.Headers.Location is not null;

    private static bool TryResolve(Uri from, Uri location, [NotNullWhen(true)] out Uri? next) =>
        Uri.TryCreate(from, location, out next) && next.Scheme is "http" or "https";

    private async Task<FetchOutcome> ReadAsync(HttpResponseMessage response, Uri url, FetchRecorder recorder, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        if (status == 304) return new FetchOutcome.NotModified();
        if (!response.IsSuccessStatusCode) return await OfStatusAsync(response, url, status, recorder, stop);
        return await ReadBodyAsync(response.Content, recorder, stop) is { } body
            ? new FetchOutcome.Fetched(url, body, HeadersOf(response))
            : new FetchOutcome.Failed(FetchFault.TooLarge, $"the body is larger than {_options.MaxBodyBytes} bytes (Fetching:MaxBodyBytes)");
    }

    /// <summary>Null when the decoded body is larger than allowed: the count is taken after decompression.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, FetchRecorder recorder, CancellationToken stop)
    {
        if (content.Headers.ContentLength > _options.MaxBodyBytes) return null;
        var body = recorder.Body;
        await using var stream = await content.ReadAsStreamAsync(stop);
        var buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, stop) is > 0 and var read)
        {
            if (body.Length + read > _options.MaxBodyBytes) return null;
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task<FetchOutcome> OfStatusAsync(HttpResponseMessage response, Uri url, int status, FetchRecorder recorder, CancellationToken stop)
    {
        var retryAfter = RetryAfter.Of(response, _clock.GetUtcNow());
        if (retryAfter is { } time && status is 429 or 503) await _throttle.QuietenAsync(url, time, stop);
        await ReadRefusalAsync(response.Content, recorder.Body, stop);
        return new FetchOutcome.Failed(FetchFaults.OfStatus(status), $"HTTP {status} {response.ReasonPhrase}".TrimEnd(), retryAfter) { Status = status };
    }

    /// <summary>What a refusal says of itself, for a person to read. The status stands, whatever becomes of its body.</summary>
    private async Task ReadRefusalAsync(HttpContent content, MemoryStream body, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(RefusalTime, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(both.Token);
            var buffer = new byte[BufferBytes];
            while (body.Length < RefusalBytes && await stream.ReadAsync(buffer, both.Token) is > 0 and var read) body.Write(buffer, 0, read);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException or InvalidDataException)
        {
        }
    }

    private static FetchedHeaders HeadersOf(HttpResponseMessage response) => new(
        Raw(response.Content.Headers, "Content-Type"), Raw(response.Headers, "ETag"), Raw(response.Content.Headers, "Last-Modified"),
        Raw(response.Content.Headers, "Content-Location"), Raw(response.Content.Headers, "Content-Language"));

    private static string? Raw(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static FetchOutcome.Failed OfException(HttpRequestException error) => error.InnerException switch
    {
        RefusedAddressException refused => new(FetchFault.RefusedAddress, $"{refused.Message}; Fetching:AllowedAddresses can allow it"),
        _ when error.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse =>
            new(FetchFault.CutShort, $"the answer broke off: {error.Message}"),
        _ => new(FetchFault.Connection, error.Message),
    };
}
