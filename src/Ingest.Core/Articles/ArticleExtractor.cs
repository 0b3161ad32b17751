using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Metadata;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles;

/// <summary>Finds the article in a page and takes away everything else. Never throws on input; safe for concurrent use.</summary>
public sealed class ArticleExtractor
{
    /// <summary>Raised whenever a rule changes what comes out; carried in every message as <c>quality.rulesVersion</c>.</summary>
    public const string RulesVersion = "2";

    // A page whose JSON-LD has this much more text than its markup fills the article in by script.
    private const double ClearlyMore = 2;
    private const int ShortestJsonBody = 400;

    private readonly ExtractionLimits _limits;

    public ArticleExtractor(ExtractionLimits? limits = null) => _limits = limits ?? new ExtractionLimits();

    /// <summary>Reads one page.</summary>
    public ExtractionOutcome Extract(PageInput page)
    {
        if (page.Body.Length / 4 > _limits.MaxCharacters)
            return new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits);
        using var text = PageText.Read(page);
        if (text is null)
            return new ExtractionOutcome.NoArticle(NoArticleReason.NotText);
        if (text.Characters.Length > _limits.MaxCharacters)
            return new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits);
        return page.Format == PageFormat.PlainText ? FromText(text.Characters.Span, page) : FromMarkup(text.Characters, page);
    }

    private static ExtractionOutcome FromText(ReadOnlySpan<char> text, PageInput page) =>
        Finish(PlainTextReader.Read(text), root: null, new PageMetadata(), page, "plain-text");

    private ExtractionOutcome FromMarkup(ReadOnlyMemory<char> text, PageInput page)
    {
        using var document = HtmlReader.Read(text, _limits);
        if (document is null)
            return new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits);
        var scan = BlockWalker.Scan(document);
        var head = HeadReader.Read(document);
        var json = JsonLdArticle.Find(scan.JsonLd, MetadataReader.DeclaredTitles(head, null));
        var site = new SiteNames(head, json, MetadataReader.Canonical(head, page.Url) ?? page.Url);
        var title = Headings.Find(scan, MetadataReader.DeclaredTitles(head, json), site);
        var place = ArticleFinder.Find(scan, title);
        var metadata = MetadataReader.Read(head, json, scan, site, title, place?.Root, page);
        if (metadata.Body is { Length: > ShortestJsonBody } body && body.Length > ClearlyMore * (place?.Blocks.Sum(b => b.Text.Length) ?? 0))
            return Finish(PlainTextReader.Read(body), root: null, metadata, page, "json-ld");
        return Finish(place?.Blocks ?? [], place?.Root, metadata, page, "html");
    }

    private static ExtractionOutcome Finish(IReadOnlyList<Block> blocks, Region? root, PageMetadata metadata, PageInput page, string extractor)
    {
        var titles = page.Hints?.Title is { Length: > 0 } hint ? [.. metadata.Titles, hint] : metadata.Titles;
        var authors = metadata.Authors.Count > 0 ? metadata.Authors : page.Hints?.Authors ?? [];
        var draft = Cleaner.Clean(blocks, new DraftFacts(titles, authors, BodyWords(blocks, titles), Sites(metadata, page), root));
        var article = ArticleAssembly.Assemble(draft, metadata, page.Hints, extractor);
        return article.Text.Length == 0
            ? new ExtractionOutcome.NoArticle(NoArticleReason.Empty)
            : new ExtractionOutcome.Extracted(article);
    }

    private static string[] Sites(PageMetadata metadata, PageInput page) =>
        [.. new[] { metadata.Publisher, page.Hints?.FeedTitle }.OfType<string>().Where(s => DenseScript.Length(s) > 4).Select(s => Words.Of(s)).Distinct()];

    // Only an article without a title has to look for one.
    private static HashSet<string> BodyWords(IReadOnlyList<Block> blocks, IReadOnlyList<string> titles) =>
        titles.Count > 0 ? [] : [.. blocks.Where(b => b.IsSentence).SelectMany(b => Headlines.Split(Words.Of(b.Text)))];
}
