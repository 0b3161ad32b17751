using System.Collections.Frozen;
using System.Text;

namespace Ingest.Core.Web;

/// <summary>Gives two addresses of one page the same form.</summary>
public static class UrlCanonicalizer
{
    /// <summary>Parameters that name a campaign, a click or a visitor and never the page, by prefix.</summary>
    private static readonly string[] TrackingPrefixes = ["utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "at_", "__hs", "_hs", "oly_", "vero_", "ga_", "stm_"];

    /// <summary>The same, by name. Short names that sites also use for content (<c>ref</c>, <c>source</c>, <c>id</c>) are left alone.</summary>
    private static readonly FrozenSet<string> Tracking = new[]
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid", "igsh", "li_fat_id",
        "mc_cid", "mc_eid", "mkt_tok", "_openstat", "wickedid", "s_cid", "rb_clickid", "epik", "srsltid", "cmpid", "xtor", "wt_mc", "wt_zmc",
        "ocid", "ncid", "ftag", "sc_cid", "guccounter", "guce_referrer", "guce_referrer_sig", "spm", "_ga", "_gl", "ns_campaign", "ns_mchannel",
        "ns_source", "ns_linkname", "ns_fee", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "action_object_map", "action_type_map",
        "action_ref_map", "ito", "trk_contact", "trk_msg", "trk_module", "trk_sid",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Lower-case scheme and host, no default port, no fragment, no tracking parameters, the other parameters in their order,
    /// an empty path as <c>/</c>. Null when the address is not http or https.
    /// </summary>
    public static Uri? Canonicalize(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.IdnHost.Length == 0)
        {
            return null;
        }

        var text = new StringBuilder(url.OriginalString.Length).Append(url.Scheme).Append("://");
        text.Append(url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost.TrimEnd('.').ToLowerInvariant());
        if (!url.IsDefaultPort)
        {
            text.Append(':').Append(url.Port);
        }

        text.Append(url.AbsolutePath);
        AppendQuery(text, url.Query);
        return Uri.TryCreate(text.ToString(), UriKind.Absolute, out var canonical) ? canonical : null;
    }

    private static void AppendQuery(StringBuilder text, ReadOnlySpan<char> query)
    {
        var separator = '?';
        query = query.TrimStart('?');
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (!parameter.IsEmpty && !IsTracking(parameter))
            {
                text.Append(separator).Append(parameter);
                separator = '&';
            }
        }
    }

    private static bool IsTracking(ReadOnlySpan<char> parameter)
    {
        var end = parameter.IndexOf('=');
        var name = end < 0 ? parameter : parameter[..end];
        foreach (var prefix in TrackingPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Tracking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }
}
