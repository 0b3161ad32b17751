using System.Text;
using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds;

/// <summary>A text of a feed: its words, and as HTML when that is how it was given.</summary>
internal sealed record FeedText(string Plain, TextForm Form)
{
    /// <summary>Safe HTML where the feed gives HTML, else the plain text.</summary>
    public string Rich => Form.Html ?? Plain;
}

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
        var type = element["type"];
        var mode = element["mode"]?.ToLowerInvariant();
        var kind = Kind(type, mode, habit);
        var isInline = element.HasElements;
        var isBase64 = mode == "base64" || (kind == TextKind.Other && !isInline && type is not null && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase));
        var value = isInline ? InnerMarkup.Html(element, unwrapDiv: type == "xhtml") : PlainText(element);
        if (isBase64 && !isInline)
        {
            value = FromBase64(value) ?? value;
        }

        value = Mend(value).Trim();
        if (value.Length == 0)
        {
            return null;
        }

        return Make(value, isInline ? Inline(kind) : kind, type, habit, element.Scope);
    }

    /// <summary>The text of an element without markup, trimmed; null when empty.</summary>
    public static string? Simple(XmlElement element)
    {
        var text = Mend(PlainText(element)).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>A text that is known to be HTML or known not to be.</summary>
    public static FeedText? Of(string? value, bool isHtml, XmlScope scope)
    {
        value = value is null ? "" : Mend(value).Trim();
        return value.Length == 0 ? null : Make(value, isHtml ? TextKind.Html : TextKind.Text, null, TextHabit.Plain, scope);
    }

    private static FeedText Make(string value, TextKind kind, string? type, TextHabit habit, XmlScope scope)
    {
        if (kind == TextKind.Text && habit == TextHabit.Guess && HtmlGuess.LooksLikeHtml(value))
        {
            kind = TextKind.Html;
        }

        var language = string.IsNullOrEmpty(scope.Language) ? null : scope.Language;
        var named = type ?? (kind switch { TextKind.Html => "html", TextKind.Xhtml => "xhtml", _ => "text" });
        if (kind is TextKind.Text or TextKind.Other)
        {
            return new FeedText(value, new TextForm(named, language, null));
        }

        var html = HtmlFragment.Sanitize(value, scope.Base).Trim();
        return new FeedText(HtmlFragment.ToText(value), new TextForm(named, language, html));
    }

    private enum TextKind
    {
        Text,
        Html,
        Xhtml,
        Other,
    }

    private static TextKind Kind(string? type, string? mode, TextHabit habit) => type?.ToLowerInvariant() switch
    {
        null => mode == "escaped" && habit == TextHabit.Plain ? TextKind.Text : habit == TextHabit.Html ? TextKind.Html : TextKind.Text,
        "text" or "text/plain" or "plain" => habit == TextHabit.Html && type != "text" ? TextKind.Text : TextKind.Text,
        "html" or "text/html" => TextKind.Html,
        "xhtml" or "application/xhtml+xml" => TextKind.Xhtml,
        var other when other.EndsWith("/xml", StringComparison.Ordinal) || other.EndsWith("+xml", StringComparison.Ordinal) => TextKind.Xhtml,
        _ => TextKind.Other,
    };

    private static TextKind Inline(TextKind kind) => kind == TextKind.Html ? TextKind.Html : TextKind.Xhtml;

    private static string PlainText(XmlElement element)
    {
        if (element.First is XmlText { Next: null } only)
        {
            return only.Decoded();
        }

        var text = new StringBuilder();
        InnerMarkup.AppendText(text, element);
        return text.ToString();
    }

    private static string? FromBase64(string value)
    {
        var bytes = new byte[(value.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Web.Charset.Decode(bytes.AsSpan(0, length)).Text : null;
    }

    /// <summary>Puts right what programs break on the way: UTF-8 read as Latin-1 and written again, windows-1252 numbers taken for Unicode's.</summary>
    private static string Mend(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\u0080', '\u00FF') < 0)
        {
            return value;
        }

        if (value.AsSpan().IndexOfAnyInRange('\u0100', '\uFFFF') < 0)
        {
            // By chance, a Latin-1 text is almost never valid UTF-8.
            var bytes = Encoding.Latin1.GetBytes(value);
            value = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
        }

        return value.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0
            ? value
            : string.Create(value.Length, value, static (output, input) =>
            {
                for (var i = 0; i < output.Length; i++)
                {
                    output[i] = input[i] is >= '\u0080' and <= '\u009F' ? XmlReferences.Windows1252Character(input[i]) : input[i];
                }
            });
    }
}
