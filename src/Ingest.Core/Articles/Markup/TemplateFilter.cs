using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Ingest.Core.Articles.Markup;

/// <summary>
/// Keeps the parts of tables away from the builder inside of a <c>template</c>, whose content nobody reads: looking for a row that is not there it passes by the template, which it knows
/// only by the class that AngleSharp's own document gives it, and falls off the end.
/// </summary>
internal sealed class TemplateFilter
{
    private int _templates;

    public TokenConsumptionResult Pass(ref StructHtmlToken token, TokenConsumer next)
    {
        if (token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag && token.Name.Length == "template".Length && token.Name.Memory.Span is "template")
            _templates = Math.Max(0, _templates + (token.Type is HtmlTokenType.StartTag ? 1 : -1));
        if (_templates == 0 || !IsTablePart(ref token))
            next(ref token);
        return TokenConsumptionResult.Continue;
    }

    private static bool IsTablePart(ref StructHtmlToken token) =>
        token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag
        && token.Name.Memory.Span is ("table" or "caption" or "colgroup" or "col" or "tbody" or "thead" or "tfoot" or "tr" or "td" or "th");
}
