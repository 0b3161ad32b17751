using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Markup;

/// <summary>Tells HTML from text where a format leaves it open (RSS titles).</summary>
internal static class HtmlGuess
{
    /// <summary>HTML has an end tag or a reference, and no tag that HTML does not know.</summary>
    public static bool LooksLikeHtml(string text)
    {
        if (text.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return false;
        }

        var hasSign = HasReference(text);
        var scanner = new HtmlScanner(text);
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            if (token == HtmlToken.Text)
            {
                continue;
            }

            if (!IsKnown(scanner.Name))
            {
                return false;
            }

            hasSign |= token == HtmlToken.EndTag || HtmlAllowList.Void.Contains(scanner.Name);
        }

        return hasSign;
    }

    private static bool IsKnown(ReadOnlySpan<char> name) =>
        HtmlAllowList.Elements.Contains(name)
        || HtmlAllowList.Dropped.Contains(name);

    private static bool HasReference(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('&'); at >= 0; at = text.IndexOf('&'))
        {
            if (XmlReferences.Read(text[at..], out _) > 0)
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }
}
