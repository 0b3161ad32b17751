using System.Buffers;
using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Extraction;

/// <summary>What an element's name, role, class and id say of its content. The words are data: <c>Rules/markup.txt</c>.</summary>
internal static class MarkupHints
{
    // Longer lists of classes are a framework's, and say how a thing looks.
    private const int LongestNames = 400;
    private const int BodyRank = -1;

    // A phrase's value is its kind's rank: where several match, the first in the file wins.
    private static readonly ResidueKind[] Kinds = [.. RuleFile.Read("markup.txt").Select(line => ResidueKinds.Parse(line.Key)).OfType<ResidueKind>().Distinct()];

    private static readonly PhraseTable<int> Names = new(RuleFile.Read("markup.txt").SelectMany(line =>
        line.Phrases.Select(phrase => new PhraseTable<int>.Entry(
            phrase.EndsWith('*') ? $" {phrase[..^1]}" : $" {phrase} ", ResidueKinds.Parse(line.Key) is { } kind ? Array.IndexOf(Kinds, kind) : BodyRank))));

    private static readonly SearchValues<string> AuthorClasses = SearchValues.Create(["author", "autor", "auteur", "byline", "writer", "redakteur", "journalist", "reporter", "contributor", "verfasser"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> OtherClasses = SearchValues.Create(["bio", "box", "avatar", "image", "img", "photo", "social", "related", "comment", "list", "archive", "description", "follow", "mail", "date", "time", "share", "role", "job", "position", "count", "authority"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> KickerClasses = SearchValues.Create(["kicker", "dachzeile", "topline", "top-line", "overline", "spitzmarke", "roofline", "ueberzeile", "oberzeile", "eyebrow", "pretitle", "pre-title", "antetitulo", "supertitle", "overtitle", "surtitre", "occhiello", "strapline", "headline-prefix", "subject", "rubrik", "tagline"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> AuthorPaths = SearchValues.Create(["/author/", "/authors/", "/autor/", "/autoren/", "/autorin/", "/auteur/", "/autore/", "/autores/", "/redakteur/", "/journalist/", "/by/"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Residue by the element's own kind, or by its names; and whether the markup says that it holds the article's text.</summary>
    public static (ResidueKind? Residue, bool IsBody) Of(LeanElement element)
    {
        if (element.Tag.Name is "article" or "main")
            return IsHidden(element) ? (ResidueKind.Hidden, false) : (null, Named(element).IsBody || IsMarkedBody(element));
        if (OfElement(element) is { } residue)
            return (residue, false);
        var (kind, isBody) = Named(element);
        return kind is null ? (null, isBody || IsMarkedBody(element)) : (kind, false);
    }

    public static bool IsHidden(LeanElement element)
    {
        if (element.HasAttribute(AttributeKey.Hidden) || element[AttributeKey.AriaHidden] is "true")
            return true;
        var style = element[AttributeKey.Style];
        if (style.IsEmpty)
            return false;
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return (at >= 0 && style[(at + 7)..].TrimStart(" :").StartsWith("none", StringComparison.OrdinalIgnoreCase))
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility: hidden", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The element's class says that it holds an author's name, or its address is that of an author's page.</summary>
    public static bool NamesAuthor(LeanElement element, string tag) =>
        element[AttributeKey.Class] is { IsEmpty: false } classes && classes.ContainsAny(AuthorClasses) && !classes.ContainsAny(OtherClasses)
        || tag == "a" && element[AttributeKey.Href] is { Length: > 8 and < 300 } address && address.ContainsAny(AuthorPaths);

    /// <summary>The element's class calls it the line over a headline.</summary>
    public static bool IsKicker(LeanElement element) => element[AttributeKey.Class].ContainsAny(KickerClasses);

    private static ResidueKind? OfElement(LeanElement element) => element.Tag.Name switch
    {
        "nav" => ResidueKind.Navigation,
        "aside" => ResidueKind.RelatedLinks,
        "figcaption" or "figure" or "caption" => ResidueKind.Caption,
        "dialog" => ResidueKind.Hidden,
        _ when !element.HasAttributes => null,
        _ when IsHidden(element) => ResidueKind.Hidden,
        _ => OfRole(element[AttributeKey.Role]),
    };

    private static ResidueKind? OfRole(ReadOnlySpan<char> role) => role switch
    {
        "navigation" or "menu" or "menubar" or "search" or "banner" or "contentinfo" or "toolbar" or "tablist" => ResidueKind.Navigation,
        "complementary" => ResidueKind.RelatedLinks,
        "dialog" or "alertdialog" => ResidueKind.CookieNotice,
        _ => null,
    };

    private static bool IsMarkedBody(LeanElement element) => element[AttributeKey.ItemProp] is "articleBody" or "reviewBody";

    private static (ResidueKind? Kind, bool IsBody) Named(LeanElement element)
    {
        var classes = element[AttributeKey.Class];
        var id = element[AttributeKey.Id];
        var tag = element.Tag.IsCustom ? element.Tag.Name : "";
        var length = classes.Length + id.Length + tag.Length;
        if (length is 0 or > LongestNames)
            return (null, false);
        Span<char> words = stackalloc char[(2 * length) + 8];
        words[0] = ' ';
        var end = Split(id, words, Split(classes, words, Split(tag, words, 1)));
        var (best, isBody) = (Kinds.Length, false);
        foreach (var found in Names.In(words[..end]))
            if (found.Value == BodyRank)
                isBody = true;
            else
                best = Math.Min(best, found.Value);
        return (best == Kinds.Length ? null : Kinds[best], isBody);
    }

    // "articleShareBar share_bar-2" becomes " article share bar share bar 2 ".
    private static int Split(ReadOnlySpan<char> names, Span<char> words, int end)
    {
        var before = ' ';
        foreach (var c in names)
        {
            if (char.IsLetterOrDigit(c))
            {
                if (char.IsUpper(c) && char.IsLower(before))
                    words[end++] = ' ';
                words[end++] = char.ToLowerInvariant(c);
            }
            else if (words[end - 1] != ' ')
            {
                words[end++] = ' ';
            }
            before = c;
        }
        if (words[end - 1] != ' ')
            words[end++] = ' ';
        return end;
    }
}
