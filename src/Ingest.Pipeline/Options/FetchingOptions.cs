using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>How pages and feeds are fetched (section <c>Fetching</c>).</summary>
public sealed class FetchingOptions
{
    public const string Section = "Fetching";

    /// <summary>Ports that are asked where <see cref="AllowedPorts"/> names none.</summary>
    public static readonly IReadOnlyList<int> UsualPorts = [80, 443, 8000, 8080, 8443, 8888];

    /// <summary>
    /// The User-Agent header; its first word is the name that robots.txt knows the program by. Default names the program; add a contact address in production, as
    /// publishers ask for.
    /// </summary>
    [Required]
    public string UserAgent { get; set; } = "Ingest/0.1 (+https://example.org/ingest)";

    /// <summary>The whole request, redirects and body included, waiting for the host's turn not. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Finding the address, connecting and TLS. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From a request to the end of the answer's headers, connecting included; for each redirect anew. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes a second, as they travel, that a body must bring on the average of each <see cref="SlowBodyTime"/>; 0 for no least pace. Default 100.</summary>
    [Range(0, 1024 * 1024)]
    public int MinBytesPerSecond { get; set; } = 100;

    /// <summary>The time over which <see cref="MinBytesPerSecond"/> is measured. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SlowBodyTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Characters of an address, escaped; a longer one is not asked. Default 4096.</summary>
    [Range(256, 65536)]
    public int MaxUrlLength { get; set; } = 4096;

    /// <summary>Bytes of an answer's headers, in steps of 1024; longer ones are refused. Default 64 KiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxHeaderBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of a body as it travels; a longer one is refused. Default 10 MiB.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxDownloadBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Bytes of a body after decompression; a longer one is refused. Default 10 MiB.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Bytes after decompression for each that travels, from the first MiB on; a body above is refused. Default 200: pages reach 20, repetitive feeds 60.</summary>
    [Range(2, 2000)]
    public int MaxCompressionRatio { get; set; } = 200;

    /// <summary>Redirects followed before giving up. Default 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Whether a redirect from https to http is followed. Default no: whoever sits in between could answer.</summary>
    public bool AllowDowngrade { get; set; }

    /// <summary>Requests of this worker at a time, over all hosts. Default 64.</summary>
    [Range(1, 4096)]
    public int MaxRequests { get; set; } = 64;

    /// <summary>Least time between the starts of two requests to one host. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan HostDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Requests to one host at a time. Default 2.</summary>
    [Range(1, 64)]
    public int HostConcurrency { get; set; } = 2;

    /// <summary>
    /// The longest time between two requests that a host's 429s lead to: each doubles it, and an hour without one halves it. Default 1 min; 0 for no slowing down.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxSlowDown { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether robots.txt is obeyed for the pages of articles and for sitemaps; a feed can be exempted (<c>ingest feeds set</c>). Default yes.</summary>
    public bool ObeyRobots { get; set; } = true;

    /// <summary>How long a host's robots.txt is believed. Default 24 h, which RFC 9309 has as the longest.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RobotsLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The longest Crawl-delay of a robots.txt that is kept to; a longer one counts as this. Default 10 s; 0 ignores it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan MaxCrawlDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A proxy that everything is fetched through (<c>http://user:password@proxy.example:3128</c>, or <c>socks5://</c>); a feed can have its own. Default none. The
    /// proxy finds the addresses then: what is special is refused here as far as it is seen, and the proxy should do the same.
    /// </summary>
    public Uri? Proxy { get; set; }

    /// <summary>Ports that may be connected to at public addresses. Default, where none is named: 80, 443, 8000, 8080, 8443, 8888.</summary>
    public IList<int> AllowedPorts { get; } = [];

    /// <summary>
    /// Addresses that may be connected to although they are not public: CIDR ranges (<c>10.1.0.0/16</c>), with all their ports, or single endpoints
    /// (<c>127.0.0.1:9000</c>). Default none: private, loopback and link-local addresses are refused.
    /// </summary>
    public IList<string> AllowedAddresses { get; } = [];
}
