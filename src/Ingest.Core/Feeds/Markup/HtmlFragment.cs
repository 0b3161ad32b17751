using System.Text;
using Ingest.Core.Feeds.Xml;

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

        var output = new StringBuilder(html.Length + 32);
        var open = new List<string>();
        var scanner = new HtmlScanner(html);
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            switch (token)
            {
                case HtmlToken.Text:
                    WriteText(output, scanner.IsCData ? scanner.Text : Decoded(scanner.Text));
                    break;
                case HtmlToken.StartTag when HtmlAllowList.Dropped.GetAlternateLookup<ReadOnlySpan<char>>().Contains(scanner.Name):
                    Drop(ref scanner);
                    break;
                case HtmlToken.StartTag:
                    WriteStart(output, open, scanner, baseUrl);
                    break;
                case HtmlToken.EndTag:
                    WriteEnd(output, open, scanner.Name);
                    break;
            }
        }

        Close(output, open, 0);
        return output.ToString();
    }

    /// <summary>The visible text of a fragment, white space collapsed.</summary>
    public static string ToText(string html)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return CollapseSpace(html);
        }

        var text = new StringBuilder(html.Length);
        var scanner = new HtmlScanner(html);
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            if (token == HtmlToken.Text)
            {
                text.Append(scanner.IsCData ? scanner.Text : Decoded(scanner.Text));
            }
            else if (token == HtmlToken.StartTag && HtmlAllowList.Dropped.GetAlternateLookup<ReadOnlySpan<char>>().Contains(scanner.Name))
            {
                Drop(ref scanner);
            }
            else if (HtmlAllowList.Blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(scanner.Name))
            {
                text.Append(' ');
            }
        }

        return CollapseSpace(text.ToString());
    }

    /// <summary>Text as HTML.</summary>
    public static string Escape(string text)
    {
        var output = new StringBuilder(text.Length + 16);
        WriteText(output, text);
        return output.ToString();
    }

    /// <summary>Runs of white space as one space, none at the ends. A no-break space is a character like others.</summary>
    public static string CollapseSpace(string text)
    {
        const string Space = " \t\r\n\f";
        if (text.AsSpan().IndexOfAny("\t\r\n\f") < 0 && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text.Trim(' ');
        }

        var output = new StringBuilder(text.Length);
        foreach (var range in text.AsSpan().SplitAny(Space))
        {
            if (range.Start.Value < range.End.Value)
            {
                output.Append(output.Length > 0 ? " " : "").Append(text.AsSpan()[range]);
            }
        }

        return output.ToString();
    }

    internal static void WriteText(StringBuilder output, ReadOnlySpan<char> text) => Escape(output, text, "&<>");

    private static void WriteValue(StringBuilder output, ReadOnlySpan<char> value) => Escape(output, value, "&<>\"");

    private static void Escape(StringBuilder output, ReadOnlySpan<char> text, ReadOnlySpan<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            output.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            text = text[(at + 1)..];
        }

        output.Append(text);
    }

    private static ReadOnlySpan<char> Decoded(ReadOnlySpan<char> raw) => raw.Contains('&') ? XmlReferences.Decode(raw) : raw;

    private static void Drop(ref HtmlScanner scanner)
    {
        if (scanner.SelfClosing)
        {
            return;
        }

        var name = scanner.Name;
        if (HtmlAllowList.RawText.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
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

    private static void WriteStart(StringBuilder output, List<string> open, HtmlScanner tag, Uri? baseUrl)
    {
        if (open.Count >= MostOpen || !HtmlAllowList.Elements.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Local(tag.Name), out var name))
        {
            return;
        }

        output.Append('<').Append(name);
        var attributes = new HtmlAttributes(tag.Attributes);
        while (attributes.Next())
        {
            WriteAttribute(output, attributes, baseUrl);
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
            Close(output, open, open.Count - 1);
        }
    }

    private static void WriteAttribute(StringBuilder output, HtmlAttributes attribute, Uri? baseUrl)
    {
        if (!HtmlAllowList.Attributes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(attribute.Name, out var name))
        {
            return;
        }

        var value = Decoded(attribute.Value);
        if (HtmlAllowList.AddressAttributes.Contains(name))
        {
            var address = FeedUrls.ResolveText(baseUrl, value.ToString()) ?? "";
            if (!IsSafe(address))
            {
                return;
            }

            value = address;
        }

        output.Append(' ').Append(name).Append("=\"");
        WriteValue(output, value);
        output.Append('"');
    }

    private static bool IsSafe(string address)
    {
        // Browsers pass over controls and spaces in a scheme.
        var bare = address.AsSpan().IndexOfAnyInRange('\0', ' ') < 0 ? address : string.Concat(address.Where(c => c > ' '));
        var colon = bare.AsSpan().IndexOf(':');
        var before = colon < 0 ? [] : bare.AsSpan(0, colon);
        return colon < 0
            || before.IndexOfAny("/?#") >= 0
            || HtmlAllowList.Schemes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(before)
            || bare.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);
    }

    private static void WriteEnd(StringBuilder output, List<string> open, ReadOnlySpan<char> name)
    {
        name = Local(name);
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (name.Equals(open[i], StringComparison.OrdinalIgnoreCase))
            {
                Close(output, open, i);
                return;
            }
        }
    }

    private static void Close(StringBuilder output, List<string> open, int downTo)
    {
        for (var i = open.Count - 1; i >= downTo; i--)
        {
            output.Append("</").Append(open[i]).Append('>');
        }

        open.RemoveRange(downTo, open.Count - downTo);
    }

    private static ReadOnlySpan<char> Local(ReadOnlySpan<char> name) => name[(name.LastIndexOf(':') + 1)..];
}
