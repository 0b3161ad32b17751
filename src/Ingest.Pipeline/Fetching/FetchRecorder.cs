using System.Net;
using System.Net.Http.Headers;

namespace Ingest.Pipeline.Fetching;

/// <summary>Writes down what one fetch does, so that a failure can be explained afterwards. Not thread-safe: a fetch is one request after another.</summary>
internal sealed class FetchRecorder(TimeProvider clock)
{
    /// <summary>More of a page tells a person nothing more, and a thousand failures of one host must not fill the disk.</summary>
    private const int KeptBytes = 256 * 1024;

    private const int HeaderLength = 300;

    /// <summary>What explains a refusal: what came, when to come again, and who answered.</summary>
    private static readonly string[] Telling = ["content-type", "content-length", "content-encoding", "retry-after", "server", "via", "etag", "last-modified", "cache-control", "expires", "age", "date", "location", "link"];

    private readonly List<FetchVisit> _visits = [];
    private Uri? _url;
    private HttpResponseMessage? _response;
    private IPAddress? _remote;
    private DateTimeOffset _at;
    private long _began;
    private TimeSpan? _answeredAfter;

    /// <summary>What has been read of the present answer, unpacked.</summary>
    public MemoryStream Body { get; private set; } = new();

    /// <summary>What has been read of the present answer's body as it travelled.</summary>
    public long WireBytes { get; set; }

    public void Begin(Uri url)
    {
        (_url, _response, _remote, _at, _began, _answeredAfter, Body, WireBytes) = (url, null, null, clock.GetUtcNow(), clock.GetTimestamp(), null, new MemoryStream(), 0);
    }

    public void Answered(HttpResponseMessage response, IPAddress? remote) => (_response, _remote, _answeredAfter) = (response, remote, clock.GetElapsedTime(_began));

    /// <summary>The outcome with the requests that led to it, and with what was read where that was refused.</summary>
    public FetchOutcome Explain(FetchOutcome outcome)
    {
        var page = outcome is FetchOutcome.Failed && Body.Length > 0
            ? new ReceivedPage(Shown(_url!), Header("content-type"), _at, Body.Length, Body.GetBuffer().AsMemory(0, (int)Math.Min(Body.Length, KeptBytes)))
            : null;
        End();
        return outcome with { Visits = _visits, Page = page };
    }

    /// <summary>A page that came whole, and that its reader could make nothing of.</summary>
    public static ReceivedPage Kept(FetchOutcome.Fetched page) => new(
        Shown(page.FinalUrl), page.Headers.ContentType, page.Visits is [.., var last] ? last.At : default, page.Body.Length, page.Body[..Math.Min(page.Body.Length, KeptBytes)]);

    /// <summary>The present request is over: waiting for the next host's turn is none of its time.</summary>
    public void End()
    {
        if (_url is null) return;
        var headers = Telling.Select(name => KeyValuePair.Create(name, Header(name))).Where(header => header.Value is not null).ToDictionary(header => header.Key, header => header.Value!);
        _visits.Add(new FetchVisit(Shown(_url), _at, (int?)_response?.StatusCode, clock.GetElapsedTime(_began), Body.Length, _remote?.ToString(), headers)
        {
            WireBytes = WireBytes,
            AnsweredAfter = _answeredAfter,
        });
        _url = null;
    }

    private string? Header(string name) => _response is null ? null : Value(_response.Headers, name) ?? Value(_response.Content.Headers, name);

    private static string? Value(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is var text ? text[..Math.Min(text.Length, HeaderLength)] : null;

    private static string Shown(Uri url) => url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
