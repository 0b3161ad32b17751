using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Ingest.Core.Articles.Extraction;

/// <summary>Markup to a tree, or nothing where the markup is beyond the limits.</summary>
internal static class HtmlReader
{
    public static IHtmlDocument? Read(string markup, ExtractionLimits limits)
    {
        var guard = new MarkupGuard(limits.MaxDepth);
        var parser = new HtmlParser(new HtmlParserOptions
        {
            DisableElementPositionTracking = true,
            SkipComments = true,
            SkipProcessingInstructions = true,
            SkipCDATA = true,
            MaximumDepth = limits.MaxDepth + 8,
            OnToken = (token, _) => guard.Watch(token),
        });
        try
        {
            return parser.ParseDocument(markup);
        }
        catch (MarkupBeyondLimitsException)
        {
            return null;
        }
    }
}
