using Ingest.Core.Articles;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.Worker.SiteRules;

/// <summary>Tells what an article lacks that a test of its site's rules asks for.</summary>
internal static class SiteRuleCheck
{
    /// <summary>One line for each fault; empty when all is as it should be.</summary>
    public static IReadOnlyList<string> Faults(SiteRule rule, SiteRuleTest test, ExtractionOutcome outcome)
    {
        if (outcome is not ExtractionOutcome.Extracted { Article: var article }) return [$"there is no article: {((ExtractionOutcome.NoArticle)outcome).Why}"];
        var text = OnOneLine(article.Text);
        return
        [
            .. rule.Body.Count > 0 && article.Quality.Extractor != SiteRule.Name ? (string[])["none of the body's selectors finds anything"] : [],
            .. test.MustContain.Where(wanted => !text.Contains(OnOneLine(wanted), StringComparison.Ordinal)).Select(wanted => $"it does not contain: {wanted}"),
            .. test.MustNotContain.Where(unwanted => text.Contains(OnOneLine(unwanted), StringComparison.Ordinal)).Select(unwanted => $"it contains: {unwanted}"),
        ];
    }

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
