using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingest.Core.Web;

/// <summary>
/// A site's robots.txt (RFC 9309): who may fetch what. Never throws on input; safe for concurrent use. What the file's absence or a refusal of it means is
/// whoever fetched it to say: <see cref="AllowAll"/> and <see cref="DisallowAll"/> are its two words.
/// </summary>
public sealed class RobotsTxt
{
    /// <summary>What lies beyond is not read (RFC 9309, section 2.5, asks for 500 KiB at least).</summary>
    public const int MaxBytes = 512 * 1024;

    private const int MaxSitemaps = 500;
    private const string Everyone = "*";
    private static readonly SearchValues<char> AfterToken = SearchValues.Create(" \t/(;,");

    /// <summary>Groups by the product token they are for: one token may head several, which count as one.</summary>
    private readonly Dictionary<string, List<RobotsGroup>> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sitemaps = [];

    private RobotsTxt() { }

    /// <summary>What holds where there is no robots.txt (a 4xx).</summary>
    public static RobotsTxt AllowAll { get; } = new();

    /// <summary>What holds while robots.txt cannot be had (a 5xx, no answer).</summary>
    public static RobotsTxt DisallowAll { get; } = Parse("User-agent: *\nDisallow: /"u8);

    /// <summary>The addresses of sitemaps as they are written, which need not be absolute; each once, the first few hundred.</summary>
    public IReadOnlyList<string> Sitemaps => _sitemaps;

    /// <summary>Reads a file. Unknown lines, and rules that stand before any user agent, are passed over.</summary>
    public static RobotsTxt Parse(ReadOnlySpan<byte> body)
    {
        var robots = new RobotsTxt();
        var group = new RobotsGroup();
        foreach (var line in new RobotsLines(body))
        {
            switch (line.Field)
            {
                case RobotsField.UserAgent:
                    group = group.IsClosed ? new RobotsGroup() : group;
                    robots.Add(Token(Text(line.Value)), group);
                    break;
                case RobotsField.Allow or RobotsField.Disallow:
                    group.Add(line);
                    break;
                case RobotsField.CrawlDelay:
                    group.CrawlDelay ??= Seconds(Text(line.Value));
                    break;
                case RobotsField.Sitemap:
                    robots.AddSitemap(Text(line.Value));
                    break;
            }
        }

        return robots;
    }

    /// <summary>The product token of a User-Agent header: what stands before its version. <c>Ingest/1.0 (ops@example.org)</c> gives <c>Ingest</c>.</summary>
    public static string ProductToken(string userAgent) => Token(userAgent);

    /// <summary>Whether a crawler may fetch a path of the site, and by which line.</summary>
    /// <param name="productToken">As <see cref="ProductToken"/> gives it; the case of letters does not matter.</param>
    /// <param name="pathAndQuery">As <see cref="Uri.PathAndQuery"/> gives it.</param>
    public RobotsVerdict Check(string productToken, string pathAndQuery)
    {
        var path = RobotsPath.OfUrl(pathAndQuery);
        // The file itself is always open to whoever wants to obey it (section 2.2.2).
        if (path == "/robots.txt")
        {
            return RobotsVerdict.Unruled;
        }

        RobotsRule? best = null;
        foreach (var rule in GroupsFor(productToken).SelectMany(group => group.Rules))
        {
            if (rule.Outranks(best) && rule.Matches(path))
            {
                best = rule;
            }
        }

        return best is null ? RobotsVerdict.Unruled : new RobotsVerdict(best.Allow, best.Line, best.ToString());
    }

    /// <summary>How long the site asks a crawler to wait between requests, at most <paramref name="cap"/>; null when it does not ask. A courtesy: no standard has it.</summary>
    public TimeSpan? CrawlDelay(string productToken, TimeSpan cap) =>
        GroupsFor(productToken).Max(group => group.CrawlDelay) is { } delay ? delay < cap ? delay : cap : null;

    private List<RobotsGroup> GroupsFor(string productToken) =>
        _groups.GetValueOrDefault(productToken) ?? _groups.GetValueOrDefault(Everyone) ?? [];

    private void Add(string token, RobotsGroup group)
    {
        if (!_groups.TryGetValue(token, out var groups))
        {
            _groups.Add(token, groups = []);
        }

        if (groups.Count == 0 || groups[^1] != group)
        {
            groups.Add(group);
        }
    }

    private void AddSitemap(string address)
    {
        if (address.Length > 0 && _sitemaps.Count < MaxSitemaps && !_sitemaps.Contains(address))
        {
            _sitemaps.Add(address);
        }
    }

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);

    private static string Token(string value)
    {
        var token = value.AsSpan().Trim();
        var end = token.IndexOfAny(AfterToken);
        return (end < 0 ? token : token[..end]).ToString();
    }

    private static TimeSpan? Seconds(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds((double)Math.Min(seconds, 86_400))
            : null;
}

/// <summary>May it be fetched.</summary>
/// <param name="Line">The number of the line that decided, from 1; null when none is about the path.</param>
/// <param name="Rule">That line's rule, for a person; null when none is about the path.</param>
public sealed record RobotsVerdict(bool Allowed, int? Line, string? Rule)
{
    internal static RobotsVerdict Unruled { get; } = new(true, null, null);
}
