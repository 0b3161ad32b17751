namespace Ingest.Core.Articles;

/// <summary>Finds the article in a page and takes away everything else. Never throws on input; safe for concurrent use.</summary>
public sealed class ArticleExtractor
{
    /// <summary>Raised whenever a rule changes what comes out; carried in every message as <c>quality.rulesVersion</c>.</summary>
    public const string RulesVersion = "1";

    private readonly ExtractionLimits _limits;

    public ArticleExtractor(ExtractionLimits? limits = null) => _limits = limits ?? new ExtractionLimits();

    /// <summary>Reads one page.</summary>
    public ExtractionOutcome Extract(PageInput page) =>
        page.Body.Length > _limits.MaxCharacters
            ? new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits)
            : new ExtractionOutcome.NoArticle(NoArticleReason.Empty);
}
