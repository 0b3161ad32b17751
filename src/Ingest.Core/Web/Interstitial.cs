using System.Buffers;
using System.Globalization;
using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Web;

/// <summary>
/// A page that stands before the one that was asked for: it sends on by itself (meta refresh), or wants consent first. Never throws on input. Only a page with little
/// text is one: an article that also refreshes itself, or shows a banner, is an article.
/// </summary>
/// <param name="Target">Where it sends on to; null for a wish for consent.</param>
public sealed record Interstitial(InterstitialKind Kind, Uri? Target)
{
    /// <summary>What is longer has a page's text somewhere.</summary>
    private const int MostBytes = 512 * 1024;
    private const int MostWords = 150;

    /// <summary>A page of consent explains itself at length.</summary>
    private const int MostWordsOfConsent = 600;

    /// <summary>Whoever waits longer shows something meanwhile.</summary>
    private const double MostSeconds = 10;

    private static readonly SearchValues<string> ConsentAddresses = SearchValues.Create(
        ["consent", "cookiewall", "cookie-wall", "privacygate", "privacy-gate", "privacywall", "privacy-wall", "gdpr", "dsgvo"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> ConsentTitles = SearchValues.Create(
        [
            "consent", "cookie", "before you continue", "your privacy", "zustimmung", "einwilligung", "bevor sie fortfahren", "datenschutzeinstellungen", "consentement",
            "vie privée", "consenso", "consentimiento", "privacidad", "consentimento", "privacidade", "toestemming", "samtycke", "zgod", "prywatno", "согласие",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for any other page.</summary>
    /// <param name="asked">The address that was asked for.</param>
    /// <param name="url">The page's address after redirects.</param>
    public static Interstitial? Of(ReadOnlySpan<byte> body, string? contentType, Uri asked, Uri url)
    {
        if (body.Length > MostBytes) return null;
        var page = new Reading(Charset.Decode(body, contentType).Text);
        if (page.Words <= MostWords && page.Refresh is { } refresh && TargetOf(refresh, url) is { } target) return new Interstitial(InterstitialKind.MetaRefresh, target);
        if (page.Words > MostWordsOfConsent) return null;
        var ledThere = asked != url && !Names(asked, ConsentAddresses) && Names(url, ConsentAddresses);
        var asks = page.Words <= MostWords && page.HasButton && page.Title.AsSpan().ContainsAny(ConsentTitles);
        return ledThere || asks ? new Interstitial(InterstitialKind.Consent, null) : null;
    }

    private static bool Names(Uri url, SearchValues<string> words) => url.Host.AsSpan().ContainsAny(words) || url.AbsolutePath.AsSpan().ContainsAny(words);

    /// <summary>The content of a refresh is seconds, a separator, and perhaps <c>url=</c> and quotes around the address (HTML, "shared declarative refresh steps").</summary>
    private static Uri? TargetOf(string content, Uri page)
    {
        var end = content.AsSpan().IndexOfAny(";, ");
        if (end < 0 || !double.TryParse(content.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > MostSeconds) return null;
        var rest = content.AsSpan(end).TrimStart(";, ");
        if (rest.StartsWith("url", StringComparison.OrdinalIgnoreCase) && rest[3..].TrimStart() is ['=', ..] value) rest = value[1..];
        var address = rest.Trim().Trim("'\"").ToString();
        // A page that only reloads itself leads nowhere.
        return address.Length > 0 && Uri.TryCreate(page, address, out var target) && target.Scheme is "http" or "https" && target != page ? target : null;
    }

    /// <summary>What a page says at a glance.</summary>
    private sealed class Reading
    {
        public Reading(string html)
        {
            var scanner = new HtmlScanner(html);
            var inTitle = false;
            for (var token = scanner.Next(); token != HtmlToken.End && Words <= MostWordsOfConsent; token = scanner.Next())
            {
                if (token == HtmlToken.Text)
                {
                    if (inTitle) Title += scanner.Text.ToString();
                    else CountWords(scanner.Text);
                    continue;
                }
                inTitle = token == HtmlToken.StartTag && (Is(scanner, "title") || Is(scanner, "h1"));
                if (token == HtmlToken.StartTag) Read(ref scanner);
            }
        }

        public int Words { get; private set; }
        public string Title { get; private set; } = "";
        public string? Refresh { get; private set; }
        public bool HasButton { get; private set; }

        private void Read(ref HtmlScanner scanner)
        {
            if (Is(scanner, "script") || Is(scanner, "style") || Is(scanner, "template")) scanner.SkipRawText(scanner.Name);
            else if (Is(scanner, "meta")) Refresh ??= RefreshOf(scanner.Attributes);
            else HasButton |= Is(scanner, "button") || Is(scanner, "form");
        }

        private void CountWords(ReadOnlySpan<char> text)
        {
            foreach (var word in text.Split(' '))
                if (text[word].ContainsAnyExcept(" \t\r\n\u00A0")) Words++;
        }

        private static string? RefreshOf(ReadOnlySpan<char> tag)
        {
            var (isRefresh, content) = (false, (string?)null);
            var attributes = new HtmlAttributes(tag);
            while (attributes.Next())
            {
                if (attributes.Name.Equals("http-equiv", StringComparison.OrdinalIgnoreCase)) isRefresh = attributes.Value.Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase);
                else if (attributes.Name.Equals("content", StringComparison.OrdinalIgnoreCase)) content = XmlReferences.Decode(attributes.Value).Trim();
            }
            return isRefresh ? content : null;
        }

        private static bool Is(in HtmlScanner scanner, string name) => scanner.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What stands before a page.</summary>
public enum InterstitialKind
{
    MetaRefresh,
    Consent,
}
