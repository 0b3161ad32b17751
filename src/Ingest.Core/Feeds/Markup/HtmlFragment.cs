using Ingest.Core.Feeds.Xml;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds.Markup;

/// <summary>
/// Fragments of HTML in a feed. A safe fragment is built anew from what the allow list knows: every tag and attribute is written by this
/// code, text is escaped, elements are balanced. Nothing of the input's own markup is passed through, so there is nothing to slip past.
/// </summary>
internal static class HtmlFragment
{
    /// <summary>Elements open at once in the output; deeper ones are left out and their text kept, because readers of HTML recurse.</summary>
    private const int MostOpen = 200;

    /// <summary>The safe form of a fragment, its addresses made absolute.</summary>
    public static string Sanitize(string html, Uri? baseUrl)
    {
        if (html.AsSpan().IndexOfAny('<', '&', '>') < 0)
        {
            return html;
        }

        var output = new TextBuffer(html.Length + 64);
        var open = new List<string>();
        var scanner = new HtmlScanner(html);
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            switch (token)
            {
                case HtmlToken.Text:
                    WriteToken(ref output, scanner);
                    break;
                case HtmlToken.StartTag when HtmlAllowList.Elements.Find(Local(scanner.Name)) is { } name:
                    WriteStart(ref output, open, name, scanner, baseUrl);
                    break;
                case HtmlToken.StartTag when HtmlAllowList.Dropped.Contains(scanner.Name):
                    Drop(ref scanner);
                    break;
                case HtmlToken.EndTag:
                    WriteEnd(ref output, open, scanner.Name);
                    break;
            }
        }

        Close(ref output, open, 0);
        var safe = output.Written.Trim().ToString();
        output.Dispose();
        return safe;
    }

    /// <summary>The visible text of a fragment, white space collapsed.</summary>
    public static string ToText(string html)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return CollapseSpace(html);
        }

        var text = new TextBuffer(html.Length);
        var scanner = new HtmlScanner(html);
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            if (token == HtmlToken.Text)
            {
                text.Append(scanner.IsCData ? scanner.Text : Decoded(scanner.Text));
            }
            else if (token == HtmlToken.StartTag && HtmlAllowList.Dropped.Contains(scanner.Name))
            {
                Drop(ref scanner);
            }
            else if (HtmlAllowList.Blocks.Contains(scanner.Name))
            {
                text.Append(' ');
            }
        }

        var collapsed = CollapseSpace(text.Written.ToString());
        text.Dispose();
        return collapsed;
    }

    /// <summary>Runs of white space as one space, none at the ends. A no-break space is a character like others.</summary>
    public static string CollapseSpace(string text)
    {
        const string Space = " \t\r\n\f";
        if (text.AsSpan().IndexOfAny("\t\r\n\f") < 0 && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text.Trim(' ');
        }

        var output = new TextBuffer(text.Length);
        foreach (var range in text.AsSpan().SplitAny(Space))
        {
            if (range.Start.Value < range.End.Value)
            {
                output.Append(output.Written.IsEmpty ? "" : " ");
                output.Append(text.AsSpan()[range]);
            }
        }

        var collapsed = output.Written.ToString();
        output.Dispose();
        return collapsed;
    }

    /// <summary>Writes text as HTML.</summary>
    internal static void WriteText(ref TextBuffer output, ReadOnlySpan<char> text) => Escape(ref output, text, "&<>");

    private static void WriteValue(ref TextBuffer output, ReadOnlySpan<char> value) => Escape(ref output, value, "&<>\"");

    private static void Escape(ref TextBuffer output, ReadOnlySpan<char> text, ReadOnlySpan<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            output.Append(text[..at]);
            output.Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            text = text[(at + 1)..];
        }

        output.Append(text);
    }

    /// <summary>Writes a run of text; its references are read and what they stand for is escaped anew.</summary>
    private static void WriteToken(ref TextBuffer output, HtmlScanner scanner)
    {
        var text = scanner.Text;
        if (scanner.IsCData)
        {
            WriteText(ref output, text);
            return;
        }

        for (var at = text.IndexOfAny('&', '<', '>'); at >= 0; at = text.IndexOfAny('&', '<', '>'))
        {
            output.Append(text[..at]);
            text = text[at..];
            var stands = "";
            var length = text[0] == '&' ? XmlReferences.Read(text, out stands) : 0;
            WriteText(ref output, length == 0 ? text[..1] : MisreadText.WithoutControls(stands));
            text = text[Math.Max(1, length)..];
        }

        output.Append(text);
    }

    private static ReadOnlySpan<char> Decoded(ReadOnlySpan<char> raw) => raw.Contains('&') ? MisreadText.WithoutControls(XmlReferences.Decode(raw)) : raw;

    private static void Drop(ref HtmlScanner scanner)
    {
        if (scanner.SelfClosing)
        {
            return;
        }

        var name = scanner.Name;
        if (HtmlAllowList.RawText.Contains(name))
        {
            scanner.SkipRawText(name);
            return;
        }

        var depth = 1;
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            if (token != HtmlToken.Text && scanner.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                depth += token == HtmlToken.StartTag ? 1 : -1;
                if (depth == 0)
                {
                    return;
                }
            }
        }
    }

    private static void WriteStart(ref TextBuffer output, List<string> open, string name, HtmlScanner tag, Uri? baseUrl)
    {
        if (open.Count >= MostOpen)
        {
            return;
        }

        output.Append('<');
        output.Append(name);
        var attributes = new HtmlAttributes(tag.Attributes);
        while (attributes.Next())
        {
            WriteAttribute(ref output, attributes, baseUrl);
        }

        if (HtmlAllowList.Void.Contains(name))
        {
            output.Append(" />");
            return;
        }

        output.Append('>');
        open.Add(name);
        if (tag.SelfClosing && !HtmlAllowList.Blocks.Contains(name))
        {
            Close(ref output, open, open.Count - 1);
        }
    }

    private static void WriteAttribute(ref TextBuffer output, HtmlAttributes attribute, Uri? baseUrl)
    {
        if (HtmlAllowList.Attributes.Find(attribute.Name) is not { } name)
        {
            return;
        }

        var value = Decoded(attribute.Value);
        if (HtmlAllowList.AddressAttributes.Contains(name) && !IsPlainWebAddress(value))
        {
            var address = FeedUrls.ResolveText(baseUrl, value.ToString()) ?? "";
            if (!IsSafe(address))
            {
                return;
            }

            value = address;
        }

        output.Append(' ');
        output.Append(name);
        output.Append("=\"");
        WriteValue(ref output, value);
        output.Append('"');
    }

    /// <summary>The usual case, for which nothing need be resolved or made.</summary>
    private static bool IsPlainWebAddress(ReadOnlySpan<char> value) =>
        (value.StartsWith("https://") || value.StartsWith("http://")) && value.IndexOfAnyInRange('\0', ' ') < 0;

    private static bool IsSafe(string address)
    {
        // Browsers pass over controls and spaces in a scheme.
        var bare = address.AsSpan().IndexOfAnyInRange('\0', ' ') < 0 ? address : string.Concat(address.Where(c => c > ' '));
        var colon = bare.AsSpan().IndexOf(':');
        var before = colon < 0 ? [] : bare.AsSpan(0, colon);
        return colon < 0
            || before.IndexOfAny("/?#") >= 0
            || HtmlAllowList.Schemes.Contains(before)
            || bare.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);
    }

    private static void WriteEnd(ref TextBuffer output, List<string> open, ReadOnlySpan<char> name)
    {
        name = Local(name);
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (name.Equals(open[i], StringComparison.OrdinalIgnoreCase))
            {
                Close(ref output, open, i);
                return;
            }
        }
    }

    private static void Close(ref TextBuffer output, List<string> open, int downTo)
    {
        for (var i = open.Count - 1; i >= downTo; i--)
        {
            output.Append("</");
            output.Append(open[i]);
            output.Append('>');
        }

        open.RemoveRange(downTo, open.Count - downTo);
    }

    private static ReadOnlySpan<char> Local(ReadOnlySpan<char> name) => name[(name.LastIndexOf(':') + 1)..];
}
