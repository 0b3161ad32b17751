using System.Text.RegularExpressions;

namespace Ingest.Core.Articles.Paging;

/// <summary>
/// Which page of an article an address is. <c>rel=next</c> alone does not tell: on many sites it leads to the next article. The next page's address is this page's with a number more:
/// <c>/story/2</c>, <c>/story?page=2</c>, <c>/story,2.html</c>, <c>/story-seite-2.html</c>.
/// </summary>
internal static partial class PageNumber
{
    private const int MostPages = 99;

    /// <summary>The first of the addresses that is the page after this one; null when none is.</summary>
    public static Uri? NextOf(Uri page, IEnumerable<Uri> addresses)
    {
        foreach (var address in addresses)
            if (address.Authority == page.Authority && Of(address) is { } next && (Is(next, Of(page), plus: 1) || Is(next, (Stem(page.PathAndQuery), 1), plus: 1)))
                return address;
        return null;
    }

    private static bool Is((string Stem, int Number) next, (string Stem, int Number)? page, int plus) =>
        page is { } known && next.Number == known.Number + plus && next.Stem.Equals(known.Stem, StringComparison.OrdinalIgnoreCase);

    // The address without its number; null when it has none.
    private static (string Stem, int Number)? Of(Uri address)
    {
        var text = address.PathAndQuery;
        foreach (var form in (ReadOnlySpan<Regex>)[InQuery(), InName(), AsPart()])
            if (form.Match(text) is { Success: true } match && int.TryParse(match.Groups["number"].ValueSpan, out var number) && number is >= 1 and <= MostPages)
                return (Stem(text.Remove(match.Groups["cut"].Index, match.Groups["cut"].Length)), number);
        return null;
    }

    private static string Stem(string text) => text.Replace("?&", "?", StringComparison.Ordinal).TrimEnd('/', '?', '&');

    [GeneratedRegex(@"[?&](?<cut>(page|p|pg|seite|pagina|pag|strona|sida|start|currentPage)=(?<number>\d{1,2})&?)(?=$|[^\d])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex InQuery();

    [GeneratedRegex(@"(?<cut>[,_-]((page|seite|pagina|p|s)[_-]?)?(?<number>\d{1,2}))(?=\.[a-z]{3,5}($|\?))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex InName();

    [GeneratedRegex(@"(?<cut>/((page|seite|pagina|p|s)[/_-]?)?(?<number>\d{1,2})/?)(?=$|\?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AsPart();
}
