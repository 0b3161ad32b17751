using System.Globalization;
using System.Text;

namespace Ingest.Newsroom;

/// <summary>Addresses made of words; letters of other scripts stand as their numbers.</summary>
internal static class Slug
{
    private const int MaxLength = 70;
    private const char FirstBeyondLatin1 = '\u0100';
    private const string Accented = "äöüßàâçéèêëîïôùûœáíóúñ";
    private static readonly string[] Plain =
        ["ae", "oe", "ue", "ss", "a", "a", "c", "e", "e", "e", "e", "i", "i", "o", "u", "u", "oe", "a", "i", "o", "u", "n"];

    public static string Of(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            Append(slug, c);
        }
        var cut = slug.ToString().Trim('-');
        return cut.Length <= MaxLength ? cut : cut.LastIndexOf('-', MaxLength) is > 0 and var dash ? cut[..dash] : cut[..MaxLength];
    }

    private static void Append(StringBuilder slug, char c)
    {
        if (Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at)
        {
            slug.Append(Plain[at]);
        }
        else if (char.IsAsciiLetterOrDigit(c))
        {
            slug.Append(c);
        }
        else if (c >= FirstBeyondLatin1 && char.IsLetter(c))
        {
            slug.Append(CultureInfo.InvariantCulture, $"{(int)c:x}");
        }
        else if (slug.Length > 0 && slug[^1] != '-' && c is not ('’' or '\''))
        {
            slug.Append('-');
        }
    }
}
