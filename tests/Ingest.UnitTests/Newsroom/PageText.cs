using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Ingest.UnitTests.Newsroom;

/// <summary>What a reader sees of a page, as one line.</summary>
internal static partial class PageText
{
    private const string Unseen = "script, style, template, noscript, title, [hidden], [style*='display:none'], [style*='display: none'], [style*='visibility:hidden']";

    public static string Visible(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        foreach (var element in document.QuerySelectorAll(Unseen).ToList())
        {
            element.Remove();
        }
        return Flat(string.Join(' ', document.DocumentElement.Descendants<IText>().Select(text => text.Data)));
    }

    public static string Flat(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
