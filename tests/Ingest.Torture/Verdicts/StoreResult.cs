namespace Ingest.Torture.Verdicts;

/// <summary>What the store has of what was published.</summary>
internal sealed record StoreResult(int Stored, IReadOnlyList<string> Missing, IReadOnlyList<string> Twice, int Strangers, TimeSpan LongestWait)
{
    public static StoreResult Of(IReadOnlyList<(string Page, DateTimeOffset At)> articles, IReadOnlyDictionary<string, DateTimeOffset> published)
    {
        var pages = articles.ToLookup(article => article.Page, article => article.At, StringComparer.Ordinal);
        return new StoreResult(
            articles.Count, [.. published.Keys.Where(page => !pages.Contains(page))], [.. pages.Where(page => page.Count() > 1).Select(page => page.Key)],
            pages.Count(page => !published.ContainsKey(page.Key)), articles.Where(article => published.ContainsKey(article.Page)).Select(article => article.At - published[article.Page]).DefaultIfEmpty().Max());
    }
}
