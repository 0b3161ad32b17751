using System.Buffers;
using Ingest.Core.Articles.Markup;
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

    /// <summary>Residue by the element's own kind: navigation, asides, figures, what is not shown.</summary>
    public static ResidueKind? OfElement(LeanElement element, string tag) => tag switch
    {
        "nav" => ResidueKind.Navigation,
        "aside" => ResidueKind.RelatedLinks,
        "figcaption" or "figure" or "caption" => ResidueKind.Caption,
        "dialog" => ResidueKind.Hidden,
        _ when IsHidden(element) => ResidueKind.Hidden,
        _ => OfRole(element["role"]),
    };

    /// <summary>Class and id as words between spaces, or empty where no hint can be in them.</summary>
    public static string Describe(LeanElement element, string tag)
    {
        var classes = element["class"];
        var id = element["id"];
        if (tag.Contains('-', StringComparison.Ordinal))
            classes = $"{tag} {classes}";
        if (classes.IsEmpty && id.IsEmpty)
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

    public static bool IsBody(LeanElement element, string words) =>
        words.AsSpan().ContainsAny(Bodies) || element["itemprop"] is "articleBody" or "reviewBody";

    private static ResidueKind? OfRole(ReadOnlySpan<char> role) => role switch
    {
        "navigation" or "menu" or "menubar" or "search" or "banner" or "contentinfo" or "toolbar" or "tablist" => ResidueKind.Navigation,
        "complementary" => ResidueKind.RelatedLinks,
        "dialog" or "alertdialog" => ResidueKind.CookieNotice,
        _ => null,
    };

    public static bool IsHidden(LeanElement element)
    {
        if (element.HasAttribute("hidden") || element["aria-hidden"] is "true")
            return true;
        var style = element["style"];
        if (style.IsEmpty)
            return false;
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return (at >= 0 && style[(at + 7)..].TrimStart(" :").StartsWith("none", StringComparison.OrdinalIgnoreCase))
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility: hidden", StringComparison.OrdinalIgnoreCase);
    }

    // "articleShareBar share_bar-2" becomes " article share bar share bar 2 ".
    private static string Split(ReadOnlySpan<char> classes, ReadOnlySpan<char> id)
    {
        var length = classes.Length + id.Length;
        if (length > 400)
            return "";
        Span<char> buffer = stackalloc char[2 * length + 4];
        var end = 0;
        buffer[end++] = ' ';
        end = Split(classes, buffer, end);
        end = Split(id, buffer, end);
        return new string(buffer[..end]);
    }

    private static int Split(ReadOnlySpan<char> names, Span<char> buffer, int end)
    {
        var before = ' ';
        foreach (var c in names)
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
