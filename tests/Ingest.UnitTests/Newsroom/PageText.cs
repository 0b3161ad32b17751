using System.Text;
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
        var visible = new StringBuilder();
        INode? block = null;
        foreach (var text in document.DocumentElement.Descendants<IText>())
        {
            visible.Append(BlockOf(text) == block ? "" : " ").Append(text.Data);
            block = BlockOf(text);
        }
        return Flat(visible.ToString());
    }

    /// <summary>What a run of text stands in: a first letter that is set apart still belongs to its word.</summary>
    private static INode? BlockOf(INode text)
    {
        var parent = text.Parent;
        while (parent is IElement { LocalName: "a" or "b" or "em" or "font" or "i" or "span" or "strong" })
        {
            parent = parent.Parent;
        }
        return parent;
    }

    public static string Flat(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
