using System.Runtime.InteropServices;
using AngleSharp;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Ingest.Core.Articles.Markup;

/// <summary>Markup to a tree, or nothing where the markup is beyond the limits.</summary>
internal sealed class HtmlReader(ExtractionLimits limits)
{
    // More attributes than any element that is meant for readers has.
    private const int MostAttributes = 40;

    // It keeps nothing of what it has parsed, and making one costs as much as a small page.
    private readonly HtmlParser _parser = ParserFor(limits.MaxDepth);

    /// <param name="markup">The page. The document reads it as long as it lives.</param>
    public LeanDocument? Read(ReadOnlyMemory<char> markup)
    {
        try
        {
            return _parser.ParseDocument<LeanDocument, LeanElement>(SourceOf(markup), new TemplateFilter().Pass);
        }
        catch (MarkupBeyondLimitsException)
        {
            return null;
        }
    }

    // An array is read faster than what may be an array or a string; a page is a string only in charsets other than UTF-8.
    private static TextSource SourceOf(ReadOnlyMemory<char> markup) =>
        MemoryMarshal.TryGetArray(markup, out var characters) && characters.Offset == 0
            ? new TextSource(new CharArrayTextSource(characters.Array!, characters.Count))
            : new TextSource(new ReadOnlyMemoryTextSource(markup));

    private static HtmlParser ParserFor(int maxDepth)
    {
        var options = new HtmlParserOptions
        {
            DisableElementPositionTracking = true,
            SkipComments = true,
            SkipProcessingInstructions = true,
            SkipCDATA = true,
            MaximumDepth = maxDepth + 8,
            ShouldEmitAttribute = IsKept,
        };
        return new HtmlParser(options, BrowsingContext.New(Configuration.Default.WithOnly<IDomConstructionElementFactory<LeanDocument, LeanElement>>(new LeanFactory(maxDepth))));
    }

    private static bool IsKept(ref StructHtmlToken token, ReadOnlyMemory<char> attributeName) =>
        token.Attributes.Count < MostAttributes && (LeanAttributes.KeyOf(attributeName.Span) is not AttributeKey.None || LeanAttributes.IsFormatting(token.Name.Memory.Span));
}
