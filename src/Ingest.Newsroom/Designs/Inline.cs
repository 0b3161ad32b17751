using static Ingest.Newsroom.Designs.Markup;

namespace Ingest.Newsroom.Designs;

/// <summary>The inline markup of true paragraphs: some hold a link, some words are set off. Whole words only, and always the same for the same text.</summary>
internal static class Inline
{
    private const int ShortestEnriched = 90;

    public static string Enriched(string text)
    {
        var chance = (uint)Dice.StableHash(text);
        var words = text.Split(' ');
        if (text.Length < ShortestEnriched || words.Length < 10)
        {
            return Escape(text);
        }
        var at = (int)(chance % (uint)(words.Length - 4));
        return ((chance >> 8) % 8) switch
        {
            0 or 1 => Wrapped(words, at, 3, $"<a href=\"/r/{Slug.Of(words[at])}\">", "</a>"),
            2 => Wrapped(words, 0, 3, "<strong>", "</strong>"),
            3 => Wrapped(words, at, 2, "<em>", "</em>"),
            4 => Wrapped(words, at, 1, "<a href=\"https://elsewhere.example/\" target=\"_blank\" rel=\"noopener\">", "</a>"),
            _ => Escape(text),
        };
    }

    /// <summary>Some words inside an element, unless a sentence ends among them.</summary>
    private static string Wrapped(string[] words, int from, int count, string start, string end)
    {
        if (words[from..(from + count - 1)].Any(word => word.EndsWith('.')))
        {
            return Escape(string.Join(' ', words));
        }
        var before = string.Concat(words[..from].Select(word => $"{Escape(word)} "));
        var after = string.Concat(words[(from + count)..].Select(word => $" {Escape(word)}"));
        return $"{before}{start}{Escape(string.Join(' ', words[from..(from + count)]))}{end}{after}";
    }
}
