using System.Buffers;
using AngleSharp.Dom;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Extraction;

/// <summary>What an element's name, role, class and id say of its content. The words are data: <c>Rules/markup.txt</c>.</summary>
internal static class MarkupHints
{
    private static readonly (ResidueKind Kind, SearchValues<string> Any)[] Kinds = [.. RuleFile.Read("markup.txt")
        .Where(line => ResidueKinds.Parse(line.Key) is not null)
        .Select(line => (ResidueKinds.Parse(line.Key)!.Value, Fragments(line.Phrases)))];

    private static readonly SearchValues<string> Bodies = Fragments(RuleFile.Read("markup.txt").Where(l => l.Key == "body").SelectMany(l => l.Phrases));

    private static readonly SearchValues<string> Interesting = Fragments(RuleFile.Read("markup.txt").SelectMany(l => l.Phrases));

    private static readonly SearchValues<string> AuthorClasses = SearchValues.Create(["author", "autor", "auteur", "byline", "writer", "redakteur", "journalist", "reporter", "contributor", "verfasser"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> OtherClasses = SearchValues.Create(["bio", "box", "avatar", "image", "img", "photo", "social", "related", "comment", "list", "archive", "description", "follow", "mail", "date", "time", "share", "role", "job", "position", "count", "authority"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> KickerClasses = SearchValues.Create(["kicker", "dachzeile", "topline", "top-line", "overline", "spitzmarke", "roofline", "ueberzeile", "oberzeile", "eyebrow", "pretitle", "pre-title", "antetitulo", "supertitle", "overtitle", "surtitre", "occhiello", "strapline", "headline-prefix", "subject", "rubrik", "tagline"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> AuthorPaths = SearchValues.Create(["/author/", "/authors/", "/autor/", "/autoren/", "/autorin/", "/auteur/", "/autore/", "/autores/", "/redakteur/", "/journalist/", "/by/"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The element's class says that it holds an author's name, or its address is that of an author's page.</summary>
    public static bool NamesAuthor(IElement element, string tag) =>
        element.ClassName is { Length: > 0 } classes && classes.AsSpan().ContainsAny(AuthorClasses) && !classes.AsSpan().ContainsAny(OtherClasses)
        || tag == "a" && element.GetAttribute("href") is { Length: > 8 and < 300 } address && address.AsSpan().ContainsAny(AuthorPaths);

    /// <summary>The element's class calls it the line over a headline.</summary>
    public static bool IsKicker(IElement element) => element.ClassName is { Length: > 0 } classes && classes.AsSpan().ContainsAny(KickerClasses);

    /// <summary>Residue by the element's own kind: navigation, asides, figures, what is not shown.</summary>
    public static ResidueKind? OfElement(IElement element, string tag) => tag switch
    {
        "nav" => ResidueKind.Navigation,
        "aside" => ResidueKind.RelatedLinks,
        "figcaption" or "figure" or "caption" => ResidueKind.Caption,
        "dialog" => ResidueKind.Hidden,
        _ when IsHidden(element) => ResidueKind.Hidden,
        _ => OfRole(element.GetAttribute("role")),
    };

    /// <summary>Class and id as words between spaces, or empty where no hint can be in them.</summary>
    public static string Describe(IElement element, string tag)
    {
        var (classes, id) = (element.ClassName, element.Id);
        if (tag.Contains('-', StringComparison.Ordinal))
            classes = $"{tag} {classes}";
        if (string.IsNullOrEmpty(classes) && string.IsNullOrEmpty(id))
            return "";
        var words = Split(classes, id);
        return words.AsSpan().ContainsAny(Interesting) ? words : "";
    }

    public static ResidueKind? OfDescription(string words)
    {
        if (words.Length > 0)
            foreach (var (kind, any) in Kinds)
                if (words.AsSpan().ContainsAny(any))
                    return kind;
        return null;
    }

    public static bool IsBody(IElement element, string words) =>
        words.AsSpan().ContainsAny(Bodies) || element.GetAttribute("itemprop") is "articleBody" or "reviewBody";

    private static ResidueKind? OfRole(string? role) => role switch
    {
        "navigation" or "menu" or "menubar" or "search" or "banner" or "contentinfo" or "toolbar" or "tablist" => ResidueKind.Navigation,
        "complementary" => ResidueKind.RelatedLinks,
        "dialog" or "alertdialog" => ResidueKind.CookieNotice,
        _ => null,
    };

    public static bool IsHidden(IElement element)
    {
        if (element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true")
            return true;
        var style = element.GetAttribute("style");
        if (string.IsNullOrEmpty(style))
            return false;
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return (at >= 0 && style.AsSpan(at + 7).TrimStart(" :").StartsWith("none", StringComparison.OrdinalIgnoreCase))
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility: hidden", StringComparison.OrdinalIgnoreCase);
    }

    // "articleShareBar share_bar-2" becomes " article share bar share bar 2 ".
    private static string Split(string? classes, string? id)
    {
        var length = (classes?.Length ?? 0) + (id?.Length ?? 0);
        if (length > 400)
            return "";
        Span<char> buffer = stackalloc char[2 * length + 4];
        var end = 0;
        buffer[end++] = ' ';
        end = Split(classes, buffer, end);
        end = Split(id, buffer, end);
        return new string(buffer[..end]);
    }

    private static int Split(string? names, Span<char> buffer, int end)
    {
        var before = ' ';
        foreach (var c in names ?? "")
        {
            if (char.IsLetterOrDigit(c))
            {
                if (char.IsUpper(c) && char.IsLower(before))
                    buffer[end++] = ' ';
                buffer[end++] = char.ToLowerInvariant(c);
            }
            else if (buffer[end - 1] != ' ')
            {
                buffer[end++] = ' ';
            }
            before = c;
        }
        if (buffer[end - 1] != ' ')
            buffer[end++] = ' ';
        return end;
    }

    // A fragment matches whole words; one that ends in * matches the beginning of a word.
    private static SearchValues<string> Fragments(IEnumerable<string> fragments) => SearchValues.Create(
        [.. fragments.Select(f => f.EndsWith('*') ? $" {f[..^1]}" : $" {f} ")], StringComparison.Ordinal);
}
