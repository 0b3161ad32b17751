using System.Collections.Frozen;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Reconciles what a page shows as its headline with what its head declares.</summary>
internal static class Titles
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " // ", " / ", " : ", " │ ", " ∙ ", "｜", " _", "_", " -", " « ", " ― "];
    private const string Signs = "-–—|:•(+";
    private static readonly FrozenSet<string> Furniture = MetadataWords.Of("titlepart");
    private const int ShortestTitle = 12;
    private const int MostWordsOfSite = 4;
    private const int ShortestSite = 5;
    private const int LongestSite = 40;

    /// <summary>The title in every wording, best first: what the page shows, then what the head declares, each without the site's name.</summary>
    /// <param name="heading">The headline's block; null when none was found.</param>
    /// <param name="kicker">The line that the page's markup sets over the headline inside of it.</param>
    /// <param name="declared">The head's titles as they are.</param>
    /// <param name="site">The site's names.</param>
    public static List<string> Find(string? heading, string? kicker, IReadOnlyList<string> declared, SiteNames site)
    {
        var bare = declared.Where(title => !site.Is(title)).Select(title => WithoutSite(title, site, heading, IsBare(title, declared))).ToList();
        var shown = heading is null ? null : Headline(WithoutSite(heading, site, heading, IsBare(heading, declared)), kicker, bare);
        return [.. new[] { shown, heading }.OfType<string>().Concat(bare).Concat(declared).Select(Spaces.Squeeze).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a declared title has beside the headline, "Headline - The Sample Post": the site's name, as a rule; null where there is nothing.</summary>
    public static string? Beside(string declared, string heading)
    {
        var at = declared.IndexOf(heading, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || heading.Length < ShortestTitle || declared.Length == heading.Length)
            return null;
        var rest = (at == 0 ? declared[heading.Length..] : declared[..at]).Trim(' ', '-', '–', '—', '|', ':', '·', '•', '»', '«', '/', '_');
        return rest.Length is >= ShortestSite and <= LongestSite && WordsIn(rest) <= MostWordsOfSite ? rest : null;
    }

    // What another of the page's titles goes on behind has no site's name to lose, unless it is that very name.
    private static bool IsBare(string title, IReadOnlyList<string> declared) => declared.Any(other => other.StartsWith(title, StringComparison.OrdinalIgnoreCase) && Headings.IsPart(other, title));

    private static string Headline(string heading, string? kicker, List<string> declared)
    {
        if (kicker is { Length: > 1 } && heading.Length > kicker.Length + 2 && heading.StartsWith(kicker, StringComparison.OrdinalIgnoreCase) && Rest(heading, kicker.Length) is { Length: > 2 } below)
            return below;
        if (!declared.Exists(title => title.Equals(heading, StringComparison.OrdinalIgnoreCase)))
            foreach (var title in declared.OrderByDescending(title => title.Length))
                if (Part(heading, title) is { } part)
                    return part;
        return WithoutDate(heading);
    }

    // A heading that is the declared title with a line above or below it is two lines; so is one that the head parts by a sign.
    private static string? Part(string heading, string title)
    {
        if (title.Length < ShortestTitle || heading.Equals(title, StringComparison.OrdinalIgnoreCase))
            return null;
        if (heading.Length > title.Length)
        {
            var edge = heading.Length - title.Length;
            if (heading.EndsWith(title, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(heading[edge]) | !char.IsLower(heading[edge]))
                return heading[edge..];
            return heading.StartsWith(title, StringComparison.OrdinalIgnoreCase) && heading[title.Length] == ' ' && (char.IsUpper(heading[title.Length + 1]) || heading[title.Length + 1] is '|' or '"' or '„' or '“' or '«' or '»') && title.Contains(' ', StringComparison.Ordinal) ? heading[..title.Length] : null;
        }
        foreach (var sign in (ReadOnlySpan<string>)[": ", " – ", " - ", " | "])
            if (title.IndexOf(sign, StringComparison.Ordinal) is > 0 and var at && title[(at + sign.Length)..] is { Length: >= ShortestTitle } last
                && (heading.Equals($"{title[..at]} {last}", StringComparison.OrdinalIgnoreCase) || heading.Equals($"{title[..at]}{last}", StringComparison.OrdinalIgnoreCase)))
                return heading[^last.Length..];
        return null;
    }

    // "23.01.2022 - Headline", "Headline : 31.10.2023, 10.19 Uhr"
    private static string WithoutDate(string heading)
    {
        if (DateText.Find(heading, DayOrder.DayFirst) is not { IsNamed: false } date)
            return heading;
        var (before, after) = (heading[..date.Start].TrimEnd(), heading[date.End..].Trim());
        var isApart = (before.Length > 0 && Signs.Contains(before[^1])) || (after.Length > 0 && Signs.Contains(after[0]));
        var rest = !isApart ? "" : before.Length == 0 ? Rest(after, 0) : after.Length <= 5 ? before.TrimEnd(' ', '-', '–', '|', ':', '•', '(') : "";
        return rest.Count(c => c == ' ') >= 2 ? rest : heading;
    }

    private static string Rest(string heading, int from) => heading[from..].TrimStart(' ', '-', '–', '—', '|', ':', ',', '•', '+', '/', ')');

    // The site's name stands on either side. Where the site is not known by name, a few words behind the last sign are taken for it, unless the
    // page's own headline has them too.
    private static string WithoutSite(string title, SiteNames site, string? heading, bool isBare)
    {
        foreach (var separator in Separators)
        {
            var last = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (last <= 0)
                continue;
            var (head, tail) = (title[..last].TrimEnd(), title[(last + separator.Length)..].Trim());
            if (head.Length > 0 && (IsSite(tail, site, isBare) || (!isBare && (separator.Length == 3 || DenseScript.Has(head[^1])) && WordsIn(tail) <= MostWordsOfSite && WordsIn(head) > WordsIn(tail) && heading?.Contains(tail, StringComparison.OrdinalIgnoreCase) != true)))
                return WithoutSite(head, site, heading, isBare);
            var first = title.IndexOf(separator, StringComparison.Ordinal);
            if (separator.Length >= 3 && title[(first + separator.Length)..].Trim() is { Length: > 0 } rest && IsSite(title[..first], site, isBare))
                return WithoutSite(rest, site, heading, isBare);
        }
        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && site.Is(title[..colon]) ? title[(colon + 2)..].Trim() : title;
    }

    private static bool IsSite(string part, SiteNames site, bool isBare) => Furniture.Contains(Words.Of(part).Trim()) || site.Is(part) || (!isBare && WordsIn(part) <= MostWordsOfSite && site.Resembles(part));

    private static int WordsIn(string text) => text.AsSpan().Trim().Count(' ') + 1 + DenseScript.CountIn(text) / 2;
}
