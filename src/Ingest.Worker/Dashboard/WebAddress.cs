namespace Ingest.Worker.Dashboard;

/// <summary>Addresses that strangers wrote, made fit for a page.</summary>
internal static class WebAddress
{
    /// <summary>
    /// The address a link may have: http or https only, because a browser would run a <c>javascript:</c> one, and without a user name
    /// or password, which are nobody's business. Null for all else.
    /// </summary>
    public static string? Link(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        return uri.UserInfo.Length == 0 ? uri.AbsoluteUri : new UriBuilder(uri) { UserName = "", Password = "" }.Uri.AbsoluteUri;
    }
}
