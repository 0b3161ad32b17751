using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>How pages and feeds are fetched (section <c>Fetching</c>).</summary>
public sealed class FetchingOptions
{
    public const string Section = "Fetching";

    /// <summary>The User-Agent header. Default names the program; add a contact address in production, as publishers ask for.</summary>
    [Required]
    public string UserAgent { get; set; } = "Ingest/0.1 (+https://example.org/ingest)";

    /// <summary>The whole request, redirects and body included, waiting for the host's turn not. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a body after decompression; a longer one is refused. Default 10 MiB.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Redirects followed before giving up. Default 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Least time between the starts of two requests to one host. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan HostDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Requests to one host at a time. Default 2.</summary>
    [Range(1, 64)]
    public int HostConcurrency { get; set; } = 2;

    /// <summary>
    /// Addresses that may be connected to although they are not public: CIDR ranges (<c>10.1.0.0/16</c>) or single endpoints
    /// (<c>127.0.0.1:9000</c>). Default none: private, loopback and link-local addresses are refused.
    /// </summary>
    public IList<string> AllowedAddresses { get; } = [];
}
