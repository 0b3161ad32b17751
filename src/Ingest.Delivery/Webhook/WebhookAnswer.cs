using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Delivery.Webhook;

/// <summary>What became of one message.</summary>
internal abstract record WebhookAnswer
{
    private WebhookAnswer() { }

    /// <summary>The receiver has it.</summary>
    public sealed record Taken : WebhookAnswer;

    /// <summary>The receiver will never take it.</summary>
    public sealed record Refused(string Why) : WebhookAnswer;

    /// <summary>It is to be sent again. <paramref name="OfReceiver"/>: another message would have fared no better.</summary>
    public sealed record Failed(SinkFault Fault, bool OfReceiver) : WebhookAnswer;

    /// <summary>
    /// 2xx, 410, 429, 502 and 504 as Standard Webhooks reads them. The statuses that judge the message itself (RFC 9110, 15.5.1, 15.5.14, 15.5.16, 15.5.21)
    /// refuse it; all others, redirects among them, may be mended at the receiver or in our settings.
    /// </summary>
    public static WebhookAnswer Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var why = $"HTTP {status} {response.ReasonPhrase}".TrimEnd();
        var wait = RetryAfter.Of(response, now);
        return status switch
        {
            >= 200 and < 300 => new Taken(),
            400 or 413 or 415 or 422 => new Refused(why),
            410 => new Failed(new SinkFault(why, Pause: true), OfReceiver: true),
            >= 300 and < 400 => new Failed(new SinkFault($"{why}: redirects are not followed"), OfReceiver: true),
            _ => new Failed(new SinkFault(why, wait), OfReceiver: wait is not null || status is < 500 or (>= 502 and <= 504)),
        };
    }
}
