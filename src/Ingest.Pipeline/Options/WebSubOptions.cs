using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>News that hubs bring by themselves (section <c>WebSub</c>).</summary>
public sealed class WebSubOptions
{
    public const string Section = "WebSub";

    /// <summary>
    /// Where hubs reach this worker's <c>/websub</c> from outside, as <c>https://news.example.org/websub</c>. Default none: no hub is asked for anything, and all
    /// feeds are polled.
    /// </summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>How long a subscription is asked for; it is renewed before its end. Default 10 d. What a hub grants counts, up to 30 d.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromDays(10);

    /// <summary>Time between polls of a feed whose hub has brought its news, in case the hub has forgotten us. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SafetyPoll { get; set; } = TimeSpan.FromHours(24);
}
