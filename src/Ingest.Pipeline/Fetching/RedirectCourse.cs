using Ingest.Pipeline.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>Where the redirects of one fetch lead.</summary>
internal sealed class RedirectCourse(Uri start, FetchingOptions options)
{
    private readonly HashSet<string> _seen = [Place(start)];
    private bool _permanent = true;

    public Uri Url { get; private set; } = start;

    /// <summary>Where the permanent ones led, up to the first that was not; null when there was none.</summary>
    public Uri? MovedTo { get; private set; }

    /// <summary>Goes on to where the answer points; the fault when it may not be followed.</summary>
    public FetchOutcome.Failed? Follow(int status, string location)
    {
        if (!Uri.TryCreate(Url, location, out var next) || next.Scheme is not ("http" or "https") || next.Host.Length == 0)
            return Bad(status, $"{status} redirects to an address that is not http or https");
        if (Url.Scheme == "https" && next.Scheme == "http" && !options.AllowDowngrade)
            return Bad(status, $"{status} redirects from https to http (Fetching:AllowDowngrade can allow it)");
        if (_seen.Count > options.MaxRedirects) return Loop($"more than {options.MaxRedirects} redirects (Fetching:MaxRedirects)");
        // A stranger gives no user names.
        if (next.UserInfo.Length > 0) next = new UriBuilder(next) { UserName = "", Password = "" }.Uri;
        if (!_seen.Add(Place(next))) return Loop("the redirects go in a circle");
        _permanent &= status is 301 or 308;
        if (_permanent) MovedTo = next;
        Url = next;
        return null;
    }

    private static FetchOutcome.Failed Bad(int status, string why) => new(FetchFault.BadRedirect, why) { Status = status };

    private static FetchOutcome.Failed Loop(string why) => new(FetchFault.RedirectLoop, why);

    private static string Place(Uri url) => url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
