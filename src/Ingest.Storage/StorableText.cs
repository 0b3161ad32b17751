using System.Buffers;

namespace Ingest.Storage;

/// <summary>
/// Text that every database takes and gives back unchanged. PostgreSQL has no U+0000, and UTF-8 no half of a surrogate pair; hostile pages and feeds
/// bring both, and an article must not fail for good over one character.
/// </summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        ['\0', .. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)]);

    /// <summary>The same text, where nothing is wrong with it; otherwise without U+0000 and with U+FFFD in place of half pairs.</summary>
    public static string? Of(string? text) => text is null || text.AsSpan().IndexOfAny(Suspects) < 0 ? text : Mend(text);

    /// <summary>By each text as it is stored, those that were given.</summary>
    public static ILookup<string, string> ByStored(IEnumerable<string> texts) => texts.ToLookup(text => Of(text)!, StringComparer.Ordinal);

    private static string Mend(string text)
    {
        var mended = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) mended.Append(unit).Append(text[++i]);
            else if (char.IsSurrogate(unit)) mended.Append(Replacement);
            else if (unit != '\0') mended.Append(unit);
        }
        return mended.ToString();
    }
}
