using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds.Opml;

/// <summary>
/// Reads OPML 1.0 and 2.0, whatever its state: tags are read one by one, so that a bare ampersand, a missing end or a second root costs nothing. Never
/// throws on input.
/// </summary>
public static class OpmlReader
{
    /// <summary>More are not a person's subscriptions.</summary>
    private const int MostOutlines = 200_000;

    /// <summary>Null when the bytes hold neither an opml element nor an outline.</summary>
    public static OpmlDocument? Read(ReadOnlyMemory<byte> body)
    {
        var text = Charset.Decode(body.Span).Text;
        var outlines = new OpmlOutlines();
        var scanner = new HtmlScanner(text);
        var (line, counted, isOpml, inTitle) = (1, 0, false, false);
        for (var token = scanner.Next(); token != HtmlToken.End && outlines.Count < MostOutlines; token = scanner.Next())
        {
            if (token == HtmlToken.Text)
            {
                outlines.Title ??= inTitle ? OpmlOutlines.Text(scanner.IsCData ? scanner.Text.ToString() : XmlReferences.Decode(scanner.Text)) : null;
                continue;
            }

            inTitle = token == HtmlToken.StartTag && Is(scanner.Name, "title");
            isOpml |= Is(scanner.Name, "opml");
            if (Is(scanner.Name, "opml") && token == HtmlToken.StartTag)
            {
                outlines.Declare(scanner.Attributes);
            }
            else if (Is(scanner.Name, "outline") && token == HtmlToken.EndTag)
            {
                outlines.Close();
            }
            else if (Is(scanner.Name, "outline"))
            {
                text.AsSpan().Overlaps(scanner.Name, out var at);
                line += text.AsSpan(counted, at - counted).Count('\n');
                counted = at;
                outlines.Open(scanner.Attributes, line, scanner.SelfClosing);
            }
        }

        return isOpml || outlines.Count > 0 ? outlines.Build() : null;
    }

    private static bool Is(ReadOnlySpan<char> name, string element) => name.Equals(element, StringComparison.OrdinalIgnoreCase);
}
