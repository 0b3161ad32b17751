namespace Ingest.Core.Articles.Metadata;

/// <summary>What a page's site is called, to tell its name from a title's words and from a person's.</summary>
internal sealed class SiteNames
{
    private const int ShortestLabel = 4;
    private const int LongestName = 200;

    private readonly List<string> _names = [];
    private readonly string _host = "";

    public SiteNames(HeadReader head, JsonLdArticle? json, Uri? address)
    {
        foreach (var name in new[] { head.Meta("og:site_name"), json?.Publisher, head.Meta("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "twitter:site") })
            if (Letters(name) is { Length: > 1 } letters)
                _names.Add(letters);
        if (address is not null)
            _host = Letters(Label(address.Host));
    }

    /// <summary>The text is the site's name, give or take spaces, signs and a domain's ending.</summary>
    public bool Is(string text)
    {
        var letters = Letters(text);
        if (letters.Length == 0)
            return false;
        return _names.Contains(letters) || (_host.Length >= ShortestLabel && (letters == _host || letters.StartsWith(_host, StringComparison.Ordinal) && letters.Length <= _host.Length + 5));
    }

    /// <summary><see cref="Is"/>, or a longer form of the name, or a shorter one.</summary>
    public bool Resembles(string text)
    {
        var letters = Letters(text);
        return letters.Length >= ShortestLabel
            && (Is(text) || _names.Exists(n => n.Length >= ShortestLabel && (n.Contains(letters, StringComparison.Ordinal) || letters.Contains(n, StringComparison.Ordinal)))
                || (_host.Length >= ShortestLabel && (letters.Contains(_host, StringComparison.Ordinal) || _host.Contains(letters, StringComparison.Ordinal))));
    }

    // "www.example.co.uk" is "example": the longest label that is no ending.
    private static string Label(string host)
    {
        var labels = host.Split('.');
        return labels.Length < 2 ? host : labels[..^1].MaxBy(label => label.Length) ?? host;
    }

    private static string Letters(string? text)
    {
        if (text is null or { Length: > LongestName })
            return "";
        Span<char> letters = stackalloc char[text.Length];
        var length = 0;
        foreach (var c in text)
            if (char.IsLetterOrDigit(c))
                letters[length++] = char.ToLowerInvariant(c);
        return new string(letters[..length]);
    }
}
