namespace Ingest.Core.Feeds;

/// <summary>Addresses as feeds write them: relative, padded, broken over lines.</summary>
internal static class FeedUrls
{
    /// <summary>The absolute address of a reference; null when it cannot be made absolute.</summary>
    public static Uri? Resolve(Uri? baseUrl, string? reference)
    {
        reference = Clean(reference);
        if (reference is null)
        {
            return null;
        }

        if (HasScheme(reference))
        {
            return Uri.TryCreate(reference, UriKind.Absolute, out var absolute) ? absolute : null;
        }

        return baseUrl is not null && Uri.TryCreate(baseUrl, reference, out var resolved) ? resolved : null;
    }

    /// <summary>The absolute address when it can be had, else the reference as it stands; null when empty.</summary>
    public static string? ResolveText(Uri? baseUrl, string? reference)
    {
        reference = Clean(reference);
        return reference is null || HasScheme(reference) ? reference : Resolve(baseUrl, reference)?.AbsoluteUri ?? reference;
    }

    /// <summary>Whether a reference begins with a scheme (RFC 3986, section 3.1).</summary>
    public static bool HasScheme(ReadOnlySpan<char> reference)
    {
        var colon = reference.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(reference[0]))
        {
            return false;
        }

        foreach (var c in reference[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Clean(string? reference)
    {
        reference = reference?.Trim();
        if (string.IsNullOrEmpty(reference))
        {
            return null;
        }

        return reference.AsSpan().IndexOfAny("\r\n\t") < 0
            ? reference
            : string.Concat(reference.Where(c => c is not ('\r' or '\n' or '\t')));
    }
}
