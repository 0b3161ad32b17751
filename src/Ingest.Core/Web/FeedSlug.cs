using System.Security.Cryptography;
using System.Text;

namespace Ingest.Core.Web;

/// <summary>A feed's address as one word, for routing keys: a person recognises the feed, and no separator is in it.</summary>
public static class FeedSlug
{
    /// <summary>In UTF-8 at most three times as many bytes: with language and type it fits into the 255 of an AMQP routing key.</summary>
    private const int MaxLength = 64;

    /// <summary>
    /// Host without <c>www.</c>, path without file extension, and query: letters and digits in lower case, everything else one <c>-</c>. A long one ends in a
    /// hash. The same address always has the same; rarely, two addresses share one.
    /// </summary>
    public static string Of(Uri feed)
    {
        var host = feed.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? feed.Host[4..] : feed.Host;
        var slug = new StringBuilder(MaxLength);
        foreach (var character in $"{host}/{WithoutExtension(Uri.UnescapeDataString(feed.AbsolutePath))}/{Uri.UnescapeDataString(feed.Query)}")
        {
            if (char.IsLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return Bounded(slug.ToString().TrimEnd('-'), feed);
    }

    private static string WithoutExtension(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') + 1 && path.Length - dot is > 1 and <= 6 ? path[..dot] : path;
    }

    private static string Bounded(string slug, Uri feed)
    {
        if (slug.Length <= MaxLength)
        {
            return slug;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(feed.AbsoluteUri)))[..8];
        return $"{slug[..(MaxLength - hash.Length - 1)].TrimEnd('-')}-{hash}";
    }
}
