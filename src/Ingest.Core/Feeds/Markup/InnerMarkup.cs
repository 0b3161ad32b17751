using System.Text;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Markup;

/// <summary>Markup that stands in a feed as elements of the feed itself (XHTML, or HTML that nobody escaped), written as HTML.</summary>
internal static class InnerMarkup
{
    /// <summary>The content of an element as HTML. Recursion is bounded by the depth that the reader allows.</summary>
    /// <param name="element">The element.</param>
    /// <param name="unwrapDiv">Leave out a div that holds everything.</param>
    /// <param name="isTextHtml">The text is itself HTML, escaped once; else it is text.</param>
    public static string Html(XmlElement element, bool unwrapDiv, bool isTextHtml)
    {
        if (unwrapDiv && OnlyDiv(element) is { } div)
        {
            element = div;
        }

        var output = new TextBuffer(1024);
        AppendChildren(ref output, element, isTextHtml);
        var html = output.Written.ToString();
        output.Dispose();
        return html;
    }

    /// <summary>The text of an element and of what it holds.</summary>
    public static string Text(XmlElement element)
    {
        var output = new StringBuilder();
        AppendText(output, element);
        return output.ToString();
    }

    private static void AppendText(StringBuilder output, XmlElement element)
    {
        for (var node = element.First; node is not null; node = node.Next)
        {
            if (node is XmlText text)
            {
                output.Append(text.Decoded());
            }
            else
            {
                AppendText(output, (XmlElement)node);
            }
        }
    }

    /// <summary>The div that Atom wraps XHTML in (RFC 4287, section 3.1.1.3), when it holds everything.</summary>
    private static XmlElement? OnlyDiv(XmlElement element)
    {
        XmlElement? div = null;
        for (var node = element.First; node is not null; node = node.Next)
        {
            if (node is XmlElement { Name: "div" } candidate && div is null)
            {
                div = candidate;
            }
            else if (node is XmlElement || !((XmlText)node).Raw.IsWhiteSpace())
            {
                return null;
            }
        }

        return div;
    }

    private static void AppendChildren(ref TextBuffer output, XmlElement element, bool isTextHtml)
    {
        for (var node = element.First; node is not null; node = node.Next)
        {
            if (node is not XmlText text)
            {
                Append(ref output, (XmlElement)node, isTextHtml);
            }
            else if (isTextHtml)
            {
                output.Append(text.Decoded());
            }
            else
            {
                HtmlFragment.WriteText(ref output, text.Decoded());
            }
        }
    }

    private static void Append(ref TextBuffer output, XmlElement element, bool isTextHtml)
    {
        var name = element.RawName[(element.RawName.IndexOf(':') + 1)..];
        output.Append('<');
        output.Append(name);
        foreach (var attribute in element.Attributes)
        {
            output.Append(' ');
            output.Append(attribute.RawName.Span);
            output.Append("=\"");
            output.Append(attribute.RawValue.Span.ToString().Replace("\"", "&quot;", StringComparison.Ordinal));
            output.Append('"');
        }

        if (element.First is null)
        {
            output.Append(HtmlAllowList.Void.Contains(name) ? " />" : $"></{name}>");
            return;
        }

        output.Append('>');
        AppendChildren(ref output, element, isTextHtml);
        output.Append("</");
        output.Append(name);
        output.Append('>');
    }
}
