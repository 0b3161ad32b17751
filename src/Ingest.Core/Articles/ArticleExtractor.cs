using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Metadata;
using Ingest.Core.Articles.Output;
using Ingest.Core.Articles.Paging;
using Ingest.Core.Articles.Rules;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.Core.Articles;

/// <summary>Finds the article in a page and takes away everything else. Never throws on input; safe for concurrent use.</summary>
public sealed class ArticleExtractor
{
    /// <summary>Raised whenever a rule changes what comes out; carried in every message as <c>quality.rulesVersion</c>.</summary>
    public const string RulesVersion = "4";

    // A page whose JSON-LD has this much more text than its markup fills the article in by script.
    private const double ClearlyMore = 2;
    private const int ShortestJsonBody = 400;

    // Characters; a shorter article may be what a false hint has left of it.
    private const int ThinText = 250;

    private readonly ExtractionLimits _limits;
    private readonly HtmlReader _reader;
    private readonly ArticleForms _forms;
    private readonly SiteRuleSet _rules;

    /// <param name="limits">What is too much; null for the usual.</param>
    /// <param name="forms">What is wanted besides the text.</param>
    /// <param name="rules">Single sites' own rules; null for none.</param>
    public ArticleExtractor(ExtractionLimits? limits = null, ArticleForms forms = ArticleForms.None, SiteRuleSet? rules = null) =>
        (_limits, _reader, _forms, _rules) = (limits ?? new ExtractionLimits(), new HtmlReader(limits ?? new ExtractionLimits()), forms, rules ?? SiteRuleSet.Empty);

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

    private ExtractionOutcome FromText(ReadOnlySpan<char> text, PageInput page) =>
        Finish(PlainTextReader.Read(text), place: null, new PageMetadata(), page, "plain-text", source: null);

    private ExtractionOutcome FromMarkup(ReadOnlyMemory<char> text, PageInput page)
    {
        using var document = _reader.Read(text);
        if (document is null)
            return new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits);
        var marks = _rules.For(page.Url) is { } rule ? SiteMarks.Find(rule, document) : null;
        var scan = BlockWalker.Scan(document, marks);
        var head = HeadReader.Read(document);
        var json = JsonLdArticle.Find(scan.JsonLd, MetadataReader.DeclaredTitles(head, null));
        var site = new SiteNames(head, json, MetadataReader.Canonical(head, page.Url) ?? page.Url);
        var declared = MetadataReader.DeclaredTitles(head, json);
        ArticleFinder.Weigh(scan);
        var title = Headings.Find(scan, marks?.Title is { } known ? [known, .. declared] : declared, site);
        var place = ArticleFinder.Find(scan, title);
        // A feed's piece of a page has sub-headings only.
        if (title < 0 && declared.Count > 0 && place is not null)
            title = Headings.Above(scan, place.Root, site);
        var metadata = MetadataReader.Read(head, json, scan, site, declared, title, place?.Root, page);
        metadata = marks?.Apply(metadata) ?? metadata;
        var isInJson = scan.Chosen.Count == 0 && metadata.Body is { Length: > ShortestJsonBody } && metadata.Body.Length > ClearlyMore * (place?.Blocks.Sum(b => b.Text.Length) ?? 0);
        var outcome = isInJson
            ? Finish(PlainTextReader.Read(metadata.Body), place: null, metadata, page, "json-ld", source: null)
            : FromPlace(place);
        if (scan.Chosen.Count == 0 && TextOf(outcome) is < ThinText and var thin && ArticleFinder.FindBehindHint(scan, title) is { } hidden
            && FromPlace(hidden) is var behind && TextOf(behind) > Math.Max(ClearlyMore * thin, ThinText))
            outcome = behind;
        return Linked(outcome, head, scan, page.Url);

        ExtractionOutcome FromPlace(ArticlePlace? at) =>
            Finish(at?.Blocks ?? [], at, metadata, page, scan.Chosen.Count > 0 ? SiteRule.Name : "html", new PageSource(document, marks, scan, head.BaseOf(page.Url)));
    }

    private static int TextOf(ExtractionOutcome outcome) => outcome is ExtractionOutcome.Extracted { Article.Text: var text } ? DenseScript.Length(text) : 0;

    private static ExtractionOutcome Linked(ExtractionOutcome outcome, HeadReader head, PageScan scan, Uri? page)
    {
        if (page is null)
            return outcome;
        var numbered = scan.Numbered.Prepend(head.Next).Select(address => MetadataReader.Address(address, head.BaseOf(page))).OfType<Uri>();
        return outcome with { Links = new ArticleLinks(PageNumber.NextOf(page, numbered), Other(head.Amp), Other(head.Print)) };

        Uri? Other(string? address) => MetadataReader.Address(address, head.BaseOf(page)) is { } url && url != page ? url : null;
    }

    private ExtractionOutcome Finish(IReadOnlyList<Block> blocks, ArticlePlace? place, PageMetadata metadata, PageInput page, string extractor, PageSource? source)
    {
        var titles = page.Hints?.Title is { Length: > 0 } hint ? [.. metadata.Titles, hint] : metadata.Titles;
        var authors = metadata.Authors.Count > 0 ? metadata.Authors : page.Hints?.Authors ?? [];
        var draft = Cleaner.Clean(Headlines.Apart(blocks, titles), new DraftFacts(titles, authors, BodyWords(blocks, titles), Sites(metadata, page), place?.Root) { Cuts = place?.Cuts(source!.Scan) ?? [] });
        var article = ArticleAssembly.Assemble(draft, metadata, page.Hints, extractor);
        var lines = _forms.HasFlag(ArticleForms.Lines) ? PageLines.Of(draft, source?.Scan) : [];
        return article.Text.Length == 0
            ? new ExtractionOutcome.NoArticle(NoArticleReason.Empty) { Lines = lines }
            : new ExtractionOutcome.Extracted(WithForms(article, draft, source)) { Lines = lines };
    }

    private CleanArticle WithForms(CleanArticle article, Draft draft, PageSource? source)
    {
        if ((_forms & (ArticleForms.Markdown | ArticleForms.Html)) == 0)
            return article;
        var body = BodyBuilder.Build(draft, article.Images, source);
        return article with
        {
            Markdown = _forms.HasFlag(ArticleForms.Markdown) ? MarkdownOutput.Write(body) : null,
            Html = _forms.HasFlag(ArticleForms.Html) ? HtmlOutput.Write(body) : null,
        };
    }

    private static string[] Sites(PageMetadata metadata, PageInput page) =>
        [.. metadata.Titles.Skip(1).Select(title => Titles.Beside(title, metadata.Titles[0])).Append(metadata.Publisher).Append(page.Hints?.FeedTitle).OfType<string>().Where(s => DenseScript.Length(s) > 4).Select(s => Words.Of(s)).Distinct()];

    // Only an article without a title has to look for one.
    private static HashSet<string> BodyWords(IReadOnlyList<Block> blocks, IReadOnlyList<string> titles) =>
        titles.Count > 0 ? [] : [.. blocks.Where(b => b.IsSentence).SelectMany(b => Headlines.Split(Words.Of(b.Text)))];
}
