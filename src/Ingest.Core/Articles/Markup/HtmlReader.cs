using AngleSharp;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Ingest.Core.Articles.Markup;

/// <summary>Markup to a tree, or nothing where the markup is beyond the limits.</summary>
internal static class HtmlReader
{
    // More attributes than any element that is meant for readers has.
    private const int MostAttributes = 40;

    /// <param name="markup">The page. The document reads it as long as it lives.</param>
    /// <param name="limits">What is too much.</param>
    public static LeanDocument? Read(ReadOnlyMemory<char> markup, ExtractionLimits limits)
    {
        var context = BrowsingContext.New(Configuration.Default.WithOnly<AngleSharp.Html.Construction.IDomConstructionElementFactory<LeanDocument, LeanElement>>(new LeanFactory(new TreeLimits(limits.MaxDepth))));
        var parser = new HtmlParser(
            new HtmlParserOptions
            {
                DisableElementPositionTracking = true,
                SkipComments = true,
                SkipProcessingInstructions = true,
                SkipCDATA = true,
                MaximumDepth = limits.MaxDepth + 8,
                ShouldEmitAttribute = IsKept,
            },
            context);
        try
        {
            return parser.ParseDocument<LeanDocument, LeanElement>(new TextSource(new ReadOnlyMemoryTextSource(markup)), new TemplateFilter().Pass);
        }
        catch (MarkupBeyondLimitsException)
        {
            return null;
        }
    }

    // What the extractor reads, what the tree builder goes by, and all of a formatting element's: equal ones are opened again three times only.
    private static bool IsKept(ref StructHtmlToken token, ReadOnlyMemory<char> attributeName) =>
        token.Attributes.Count < MostAttributes && (LeanAttributes.IsRead(attributeName.Span) || LeanAttributes.IsFormatting(token.Name.Memory.Span));
}
