using Ingest.Core.Feeds.Markup;

namespace Ingest.Core.Feeds;

/// <summary>
/// A text as a feed gives it. Of a poll's entries most are known already and nobody reads them, so JSON is decoded, and HTML made safe, when it is first asked for.
/// </summary>
public sealed class FeedText
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly bool _isHtml;
    private readonly Uri? _base;
    private string? _raw;
    private string? _html;
    private string? _plain;

    internal FeedText(string raw, string type, string? language, bool isHtml, Uri? baseUrl) =>
        (_raw, Type, Language, _isHtml, _base) = (raw, type, language, isHtml, baseUrl);

    /// <param name="json">A JSON string with its quotes, a slice of the document.</param>
    /// <param name="language">The language in force; null when not given.</param>
    /// <param name="isHtml">It is HTML, else plain text.</param>
    /// <param name="baseUrl">What its addresses are relative to.</param>
    internal FeedText(ReadOnlyMemory<byte> json, string? language, bool isHtml, Uri? baseUrl) =>
        (_json, Type, Language, _isHtml, _base) = (json, isHtml ? "html" : "text", language, isHtml, baseUrl);

    /// <summary><c>text</c>, <c>html</c>, <c>xhtml</c> or a media type.</summary>
    public string Type { get; }

    /// <summary>The language in force; null when not given.</summary>
    public string? Language { get; }

    /// <summary>The text as safe HTML, its addresses absolute; null when it was given as plain text.</summary>
    public string? Html => _isHtml ? _html ??= HtmlFragment.Sanitize(Raw, _base) : null;

    /// <summary>The words alone, as a person reads them.</summary>
    public string Plain => _isHtml ? _plain ??= HtmlFragment.ToText(Raw) : Raw;

    /// <summary>Safe HTML where the feed gives HTML, else the plain text.</summary>
    public string Rich => Html ?? Raw;

    /// <summary>As it was given: not safe.</summary>
    internal string Raw => _raw ??= FeedTexts.FromJson(_json.Span);
}
