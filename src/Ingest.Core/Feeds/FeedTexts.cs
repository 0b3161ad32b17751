using System.Text.Json;
using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds;

/// <summary>How to read a text whose element does not say.</summary>
internal enum TextHabit
{
    /// <summary>Text, as Atom has it.</summary>
    Plain,

    /// <summary>HTML, as RSS descriptions have it.</summary>
    Html,

    /// <summary>Text that may turn out to be HTML, as RSS titles have it.</summary>
    Guess,
}

/// <summary>Reads the texts of feeds: escaped, inline, in base64, in HTML or not.</summary>
internal static class FeedTexts
{
    /// <summary>The text of an element; null when it is empty.</summary>
    public static FeedText? Read(XmlElement element, TextHabit habit)
    {
        var type = element["type"]?.ToLowerInvariant();
        var kind = Kind(type, habit);
        var value = element.HasElements ? Inline(element, type, ref kind) : PlainText(element);
        if (!element.HasElements && IsBase64(element, type, kind))
        {
            value = FromBase64(value) ?? value;
        }

        value = MisreadText.Mend(value).Trim();
        return value.Length == 0 ? null : Make(value, kind, kind == TextKind.Other ? type : null, habit, element.Scope);
    }

    /// <summary>The text of an element without markup, trimmed; null when empty.</summary>
    public static string? Simple(XmlElement element)
    {
        var text = MisreadText.Mend(PlainText(element)).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>A text that is known to be HTML or known not to be.</summary>
    public static FeedText? Of(string? value, bool isHtml, XmlScope scope)
    {
        value = value is null ? "" : MisreadText.Mend(value).Trim();
        return value.Length == 0 ? null : Make(value, isHtml ? TextKind.Html : TextKind.Text, null, TextHabit.Plain, scope);
    }

    /// <summary>The text of a JSON string; empty when it holds half of a surrogate pair and cannot be read.</summary>
    public static string FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() ? MisreadText.Mend(reader.GetString()!).Trim() : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static FeedText Make(string value, TextKind kind, string? type, TextHabit habit, XmlScope scope)
    {
        kind = kind == TextKind.Text && habit == TextHabit.Guess && HtmlGuess.LooksLikeHtml(value) ? TextKind.Html : kind;
        var language = string.IsNullOrEmpty(scope.Language) ? null : scope.Language;
        return kind switch
        {
            TextKind.Html => new FeedText(value, "html", language, isHtml: true, scope.Base),
            TextKind.Xhtml => new FeedText(value, "xhtml", language, isHtml: true, scope.Base),
            _ => new FeedText(value, type ?? "text", language, isHtml: false, scope.Base),
        };
    }

    private enum TextKind
    {
        Text,
        Html,
        Xhtml,
        Other,
    }

    private static TextKind Kind(string? type, TextHabit habit) => type switch
    {
        null => habit == TextHabit.Html ? TextKind.Html : TextKind.Text,
        "text" or "text/plain" or "plain" => TextKind.Text,
        "html" or "text/html" => TextKind.Html,
        "xhtml" or "application/xhtml+xml" => TextKind.Xhtml,
        _ when type.EndsWith("/xml", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal) => TextKind.Xhtml,
        _ => TextKind.Other,
    };

    /// <summary>Atom 0.3 says so in its mode; in Atom 1.0 content of any media type but text is base64 (RFC 4287, section 4.1.3.3).</summary>
    private static bool IsBase64(XmlElement element, string? type, TextKind kind) =>
        "base64".Equals(element["mode"], StringComparison.OrdinalIgnoreCase)
        || (kind == TextKind.Other && type!.Contains('/', StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.Ordinal));

    /// <summary>
    /// Elements where text is expected: XHTML, or HTML that nobody escaped. An element declared as HTML has been seen to wrap its escaped
    /// HTML in a div; there the text is HTML too.
    /// </summary>
    private static string Inline(XmlElement element, string? type, ref TextKind kind)
    {
        if (kind == TextKind.Html && type is not null)
        {
            return InnerMarkup.Html(element, unwrapDiv: true, isTextHtml: true);
        }

        kind = TextKind.Xhtml;
        return InnerMarkup.Html(element, unwrapDiv: type == "xhtml", isTextHtml: false);
    }

    private static string PlainText(XmlElement element) => OnlyText(element)?.Trimmed() ?? InnerMarkup.Text(element);

    /// <summary>The text of an element that holds one and otherwise white space, as around a CDATA section.</summary>
    private static XmlText? OnlyText(XmlElement element)
    {
        XmlText? only = null;
        for (var node = element.First; node is not null; node = node.Next)
        {
            if (node is not XmlText text || (only is not null && !only.Raw.IsWhiteSpace() && !text.Raw.IsWhiteSpace()))
            {
                return null;
            }

            only = only is null || only.Raw.IsWhiteSpace() ? text : only;
        }

        return only;
    }

    private static string? FromBase64(string value)
    {
        var bytes = new byte[(value.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Charset.Decode(bytes.AsSpan(0, length)).Text : null;
    }
}
