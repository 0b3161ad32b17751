using System.ComponentModel.DataAnnotations;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;

namespace Ingest.Delivery.Webhook;

/// <summary>A receiver of webhooks (section <c>Sinks:Webhook:NAME</c>).</summary>
public sealed class WebhookOptions : SinkOptions
{
    /// <summary>Where messages are posted to; http or https. No default. It is shown to people: the receiver knows us by the signature.</summary>
    [Required]
    public Uri? Url { get; set; }

    /// <summary>
    /// What messages are signed with: <c>whsec_</c> and the base64 of 24 to 64 random bytes. No default. Each one signs every message: while a secret is
    /// changed, the old and the new one stand here together.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How long the receiver may take over one message; at most a third of <c>Delivery:Lease</c> counts. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// One message after the other, a failing one before those behind it. Default true. Otherwise <see cref="InFlight"/> at once, in any order; a failing
    /// one does not keep the others of its batch.
    /// </summary>
    public bool Ordered { get; set; } = true;

    /// <summary>Messages on their way at once when the order does not matter. Default 4.</summary>
    [Range(1, 64)]
    public int InFlight { get; set; } = 4;

    /// <summary>
    /// Addresses that may be connected to although they are not public, for this receiver alone: CIDR ranges (<c>10.1.0.0/16</c>) or single endpoints
    /// (<c>10.1.2.3:8443</c>). Default none.
    /// </summary>
    public IList<string> AllowedAddresses { get; } = [];

    public override IEnumerable<string> Errors()
    {
        foreach (var error in base.Errors()) yield return error;
        if (Url is not null && !(Url.IsAbsoluteUri && Url.Scheme is "http" or "https" && Url.UserInfo.Length == 0))
            yield return "Url: not an http or https address without a user name";
        if (Secrets.Count == 0) yield return "Secrets: at least one is needed";
        for (var i = 0; i < Secrets.Count; i++)
            if (WebhookSignature.ReadSecret(Secrets[i]) is null) yield return $"Secrets:{i}: not {WebhookSignature.SecretPrefix} followed by the base64 of 24 to 64 bytes";
        if (AddressGuard.TryCreate(AllowedAddresses, out var offending) is null) yield return $"AllowedAddresses: {AddressGuard.NeitherRangeNorEndPoint(offending!)}";
    }
}
