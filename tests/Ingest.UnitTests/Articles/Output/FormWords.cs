using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Ingest.UnitTests.Articles.Output;

/// <summary>The words of a text and of HTML, to compare one with the other.</summary>
internal static class FormWords
{
    private static readonly string[] Inline = ["a", "em", "strong", "code"];

    public static string Of(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As a browser shows them: what is not inline parts words.</summary>
    public static string OfHtml(string html)
    {
        var text = new StringBuilder();
        Gather(new HtmlParser().ParseDocument(html).Body!, text);
        return Of(text.ToString());
    }

    private static void Gather(INode node, StringBuilder text)
    {
        var seam = node is IElement element && !Inline.Contains(element.LocalName) ? " " : "";
        text.Append(seam).Append(node is IText { Data: var data } ? data : "");
        foreach (var child in node.ChildNodes) Gather(child, text);
        text.Append(seam);
    }
}

/// <summary>What an article's HTML may consist of, said once more beside the writer.</summary>
internal static class AllowList
{
    private static readonly string[] Elements = "html head body p h2 h3 h4 ul ol li blockquote pre code table tbody tr td th a em strong img figure".Split(' ');

    /// <summary>Everything in the HTML that does not belong there.</summary>
    public static IReadOnlyList<string> Violations(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        var comments = document.Descendants().Where(node => node is IComment).Select(node => node.TextContent);
        return
        [
            .. comments,
            .. document.All.Where(element => !Elements.Contains(element.LocalName)).Select(element => element.LocalName),
            .. document.All.SelectMany(element => element.Attributes, (element, attribute) => (element.LocalName, attribute.Name, attribute.Value)).Where(found => !IsAllowed(found)).Select(found => found.ToString()),
        ];
    }

    private static bool IsAllowed((string Element, string Name, string Value) attribute) => attribute switch
    {
        ("a", "href", var value) => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto",
        ("img", "src", var value) => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
        ("img", "alt", "") => true,
        _ => false,
    };
}
