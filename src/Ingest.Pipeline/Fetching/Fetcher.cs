using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ingest.Core.Web;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>The only place where bytes enter: one polite, bounded GET, with every connected address checked.</summary>
public sealed class Fetcher : IDisposable
{
    private readonly Routes _routes;
    private readonly AddressGuard _guard;
    private readonly HostThrottle _throttle;
    private readonly FetchingOptions _options;
    private readonly BodyReader _bodies;
    private readonly RobotsTexts _robots;
    private readonly SemaphoreSlim _free;
    private readonly TimeProvider _clock;

    public Fetcher(AddressGuard guard, HostThrottle throttle, IHostStore hosts, IOptions<FetchingOptions> options, TimeProvider clock)
    {
        (_guard, _throttle, _options, _clock) = (guard, throttle, options.Value, clock);
        (_routes, _bodies, _free) = (new Routes(guard, _options), new BodyReader(_options, clock), new SemaphoreSlim(_options.MaxRequests));
        _robots = new RobotsTexts(hosts, throttle, _options, clock);
    }

    /// <summary>Fetches one address, following redirects. Only shutdown throws.</summary>
    public async Task<FetchOutcome> GetAsync(FetchRequest request, CancellationToken stop)
    {
        var recorder = new FetchRecorder(_clock);
        var course = new RedirectCourse(request.Url, _options);
        return recorder.Explain(await FollowAsync(request, course, recorder, stop)) with { MovedTo = course.MovedTo };
    }

    public void Dispose()
    {
        _routes.Dispose();
        _free.Dispose();
    }

    private async Task<FetchOutcome> FollowAsync(FetchRequest request, RedirectCourse course, FetchRecorder recorder, CancellationToken stop)
    {
        for (var left = _options.Timeout; left > TimeSpan.Zero;)
        {
            var url = course.Url;
            if (Unfit(url) is { } unfit) return unfit;
            if (Quiet(url) is { } wait) return wait;
            if (await ForbiddenAsync(request, url, stop) is { } forbidden) return forbidden;
            // Waiting politely for one's turn is no fault of the host's: the time runs from here.
            using var turn = await _throttle.WaitAsync(url, stop);
            if (turn is null) return new FetchOutcome.Deferred(HostThrottle.Deferral);
            // The one before may have been told, or the worker that had the host.
            if (Quiet(url) is { } told) return told;
            await _free.WaitAsync(stop);
            var begun = _clock.GetTimestamp();
            try
            {
                if (await AskAsync(request, course, left, recorder, stop) is { } outcome) return outcome;
            }
            finally
            {
                _free.Release();
            }
            left -= _clock.GetElapsedTime(begun);
        }
        return Deadlines.Whole(_options);
    }

    private FetchOutcome.Failed? Unfit(Uri url) => url switch
    {
        { Scheme: not ("http" or "https") } or { Host.Length: 0 } => new(FetchFault.RefusedAddress, $"only http and https are fetched, not {url.Scheme}"),
        _ when url.AbsoluteUri.Length > _options.MaxUrlLength => new(FetchFault.UrlTooLong, $"the address is longer than {_options.MaxUrlLength} characters (Fetching:MaxUrlLength)"),
        _ => null,
    };

    private async ValueTask<FetchOutcome?> ForbiddenAsync(FetchRequest request, Uri url, CancellationToken stop)
    {
        if (!request.ObeysRobots || !_options.ObeyRobots || request.Settings.IgnoresRobots) return null;
        var asked = request.Settings with { Headers = FetchSettings.None.Headers, User = null };
        return await _robots.RefusalAsync(
            url, request.Settings.UserAgent ?? _options.UserAgent,
            (robots, token) => GetAsync(new FetchRequest(robots, "text/plain, */*;q=0.5") { Settings = asked, CutAt = RobotsTxt.MaxBytes }, token), stop);
    }

    private FetchOutcome.Failed? Quiet(Uri url) =>
        _throttle.QuietFor(url) is { } quiet ? new FetchOutcome.Failed(FetchFault.RateLimited, $"{url.Authority} asked for quiet", quiet) : null;

    /// <summary>One request; null when it led elsewhere.</summary>
    private async Task<FetchOutcome?> AskAsync(FetchRequest request, RedirectCourse course, TimeSpan left, FetchRecorder recorder, CancellationToken stop)
    {
        using var deadlines = new Deadlines(left, _options, _clock, stop);
        recorder.Begin(course.Url);
        try
        {
            return await AskAsync(request, course, recorder, deadlines);
        }
        catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
        {
            return deadlines.FaultOf(error);
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

    private async Task<FetchOutcome?> AskAsync(FetchRequest request, RedirectCourse course, FetchRecorder recorder, Deadlines deadlines)
    {
        var (url, proxy) = (course.Url, request.Settings.Proxy ?? _options.Proxy);
        if (proxy is not null && await _guard.RefusalAsync(url, deadlines.UntilAnswer) is { } refused) return Refused(refused);
        using var message = MessageOf(request, url);
        using var response = await _routes.By(proxy).SendAsync(message, deadlines.UntilAnswer);
        recorder.Answered(response, _guard.LastConnected(url));
        if (!IsRedirect(response.StatusCode) || Raw(response.Headers, "Location") is not { } location) return await ReadAsync(request, response, url, recorder, deadlines.UntilEnd);
        recorder.End();
        return course.Follow((int)response.StatusCode, location);
    }

    private HttpRequestMessage MessageOf(FetchRequest request, Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        var (headers, settings) = (message.Headers, request.Settings);
        if (HaveSameOrigin(url, request.SecretsFor ?? request.Url))
        {
            if (settings.User is { } user)
                headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{settings.Password}")));
            foreach (var (name, value) in settings.Headers) headers.TryAddWithoutValidation(name, value);
        }
        headers.TryAddWithoutValidation("User-Agent", settings.UserAgent ?? _options.UserAgent);
        headers.TryAddWithoutValidation("Accept", request.Accept);
        headers.TryAddWithoutValidation("Accept-Encoding", ContentCodings.Accepted);
        if (request.ETag is { } etag) headers.TryAddWithoutValidation("If-None-Match", etag);
        if (request.LastModified is { } modified) headers.TryAddWithoutValidation("If-Modified-Since", modified);
        return message;
    }

    private static bool HaveSameOrigin(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private async Task<FetchOutcome> ReadAsync(FetchRequest request, HttpResponseMessage response, Uri url, FetchRecorder recorder, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        if (status == 304) return new FetchOutcome.NotModified(HeadersOf(response));
        if (!response.IsSuccessStatusCode) return await OfStatusAsync(response, url, status, recorder, stop);
        if (await _bodies.ReadAsync(response.Content, recorder, request.CutAt, stop) is { } refused) return refused;
        return new FetchOutcome.Fetched(url, recorder.Body.GetBuffer().AsMemory(0, (int)recorder.Body.Length), HeadersOf(response));
    }

    private async Task<FetchOutcome> OfStatusAsync(HttpResponseMessage response, Uri url, int status, FetchRecorder recorder, CancellationToken stop)
    {
        var retryAfter = RetryAfter.Of(response, _clock.GetUtcNow());
        if (retryAfter is { } time && status is 429 or 503) await _throttle.QuietenAsync(url, time, stop);
        if (status == 429) await _throttle.SlowDownAsync(url, stop);
        await _bodies.ReadRefusalAsync(response.Content, recorder, stop);
        return new FetchOutcome.Failed(FetchFaults.OfStatus(status), $"HTTP {status} {response.ReasonPhrase}".TrimEnd(), retryAfter) { Status = status };
    }

    private static FetchedHeaders HeadersOf(HttpResponseMessage response) => new(
        Raw(response.Content.Headers, "Content-Type"), Raw(response.Headers, "ETag"), Raw(response.Content.Headers, "Last-Modified"),
        Raw(response.Content.Headers, "Content-Location"), Raw(response.Content.Headers, "Content-Language"))
    {
        Link = Raw(response.Headers, "Link"),
        Robots = Raw(response.Headers, "X-Robots-Tag"),
        TdmReservation = Raw(response.Headers, "tdm-reservation"),
        TdmPolicy = Raw(response.Headers, "tdm-policy"),
    };

    private static string? Raw(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private FetchOutcome.Failed OfException(HttpRequestException error) => error switch
    {
        { InnerException: RefusedAddressException refused } => Refused(refused),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(FetchFault.HeadersTooLarge, $"the answer's headers are longer than {_options.MaxHeaderBytes} bytes (Fetching:MaxHeaderBytes)"),
        { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse } => new(FetchFault.CutShort, $"the answer broke off: {error.Message}"),
        _ => new(FetchFault.Connection, error.GetBaseException().Message),
    };

    private static FetchOutcome.Failed Refused(RefusedAddressException refused) => new(FetchFault.RefusedAddress, $"{refused.Message}; Fetching:{refused.Setting} can allow it");
}
