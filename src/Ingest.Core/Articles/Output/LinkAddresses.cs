namespace Ingest.Core.Articles.Output;

/// <summary>Makes a page's links absolute, and knows which may leave: those that a reader follows to a page or a letter.</summary>
internal sealed class LinkAddresses
{
    private const int Longest = 2_000;

    // One link may be open around any number of blocks, and is written in each.
    private const int MostCharacters = 2_000_000;

    private readonly Dictionary<string, string?> _known = new(StringComparer.Ordinal);
    private readonly Uri? _base;
    private int _left = MostCharacters;

    public LinkAddresses(PageSource? source) => _base = source?.Base;

    /// <summary>Null where no link should be.</summary>
    public string? Resolve(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Length > Longest)
            return null;
        if (!_known.TryGetValue(address, out var resolved))
            _known[address] = resolved = Of(address.Trim());
        return resolved is not null && (_left -= resolved.Length) >= 0 ? resolved : null;
    }

    private string? Of(string address)
    {
        var made = _base is null ? Uri.TryCreate(address, UriKind.Absolute, out var url) : Uri.TryCreate(_base, address, out url);
        return made && url!.Scheme is "http" or "https" or "mailto" && url.AbsoluteUri is { Length: <= Longest } absolute ? absolute : null;
    }
}
