namespace Ingest.Core.Articles.Paging;

/// <summary>Puts the pages of one article together.</summary>
public static class ArticlePages
{
    /// <summary>The first page with the text, the ledger, the pictures and the sources of the others behind its own. What is said of the article is the first page's word.</summary>
    /// <param name="pages">In order; at least one.</param>
    /// <param name="isCut">More pages follow than are here.</param>
    public static CleanArticle Join(IReadOnlyList<CleanArticle> pages, bool isCut)
    {
        var first = pages[0];
        if (pages.Count == 1 && !isCut)
            return first;
        var (paragraphs, removed, start) = (new List<Paragraph>(), new List<Removal>(), 0);
        foreach (var page in pages)
        {
            removed.AddRange(page.Removed.Select(removal => removal with { Position = removal.Position + paragraphs.Count }));
            paragraphs.AddRange(page.Paragraphs.Select(p => p with { Start = p.Start + start, End = p.End + start }));
            start += page.Text.Length + 1;
        }
        return first with
        {
            Text = string.Join('\n', pages.Select(page => page.Text)),
            Paragraphs = paragraphs,
            Removed = removed,
            Images = [.. pages.SelectMany(page => page.Images).DistinctBy(image => image.Url)],
            Credits = [.. pages.SelectMany(page => page.Credits).Distinct(StringComparer.Ordinal)],
            Sources = [.. pages.SelectMany(page => page.Sources).Distinct(StringComparer.Ordinal)],
            Markdown = first.Markdown is null ? null : string.Join("\n\n", pages.Select(page => page.Markdown?.TrimEnd('\n'))),
            Html = first.Html is null ? null : string.Join('\n', pages.Select(page => page.Html)),
            Quality = first.Quality with { Truncated = isCut || pages[^1].Quality.Truncated, Paywalled = pages.Any(page => page.Quality.Paywalled) },
            WordCount = pages.Sum(page => page.WordCount),
        };
    }
}
