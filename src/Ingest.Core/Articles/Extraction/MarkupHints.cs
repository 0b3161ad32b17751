using System.Buffers;
using System.Collections.Frozen;
using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Extraction;

/// <summary>What an element's name, role, class and id say of its content; for one page.</summary>
internal sealed class MarkupHints
{
    private static readonly string[] AuthorParts = [.. RuleFile.Read("markup.txt").Where(line => line.Key == "author address").SelectMany(line => line.Phrases)];
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WholeAuthorParts = AuthorParts.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly SearchValues<string> EndsOfAuthorParts = SearchValues.Create([.. AuthorParts.Select(part => $"{part}/")], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Hiding = SearchValues.Create(["display", "visibility"], StringComparison.OrdinalIgnoreCase);

    private readonly NameHints _names = new();

    /// <summary>Residue by the element's own kind, or by its names; and whether the markup says that it holds the article's text.</summary>
    public (ResidueKind? Residue, bool IsBody) Of(LeanElement element)
    {
        if (element.Tag.Name is "article" or "main")
            return IsHidden(element) ? (ResidueKind.Hidden, false) : (null, Named(element).IsBody || IsMarkedBody(element));
        if (OfElement(element) is { } residue)
            return (residue, false);
        var named = Named(element);
        return named.Residue is null ? (null, named.IsBody || IsMarkedBody(element)) : (named.Residue, false);
    }

    public static bool IsHidden(LeanElement element)
    {
        if (element.HasAttribute(AttributeKey.Hidden) || element[AttributeKey.AriaHidden] is "true")
            return true;
        var style = element[AttributeKey.Style];
        if (!style.ContainsAny(Hiding))
            return false;
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return (at >= 0 && style[(at + 7)..].TrimStart(" :").StartsWith("none", StringComparison.OrdinalIgnoreCase))
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility: hidden", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The element's class says that it holds an author's name, or its address is that of an author's page.</summary>
    public bool NamesAuthor(LeanElement element) =>
        _names.Of(element.ValueOf(AttributeKey.Class)).IsAuthor
        || element.Tag.Name == "a" && element[AttributeKey.Href] is { Length: > 8 and < 300 } address && IsOfAuthor(address);

    /// <summary>The element's class calls it the line over a headline.</summary>
    public static bool IsKicker(LeanElement element) => NameHints.IsKicker(element[AttributeKey.Class]);

    // ".../author/jane-doe": a whole part of the path, with more behind it.
    private static bool IsOfAuthor(ReadOnlySpan<char> address)
    {
        if (!address.ContainsAny(EndsOfAuthorParts))
            return false;
        for (int end; (end = address.IndexOf('/')) >= 0; address = address[(end + 1)..])
            if (end > 1 && WholeAuthorParts.Contains(address[..end]))
                return true;
        return false;
    }

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

    private NameHint Named(LeanElement element)
    {
        var hint = _names.Of(element.ValueOf(AttributeKey.Class)).Or(_names.Of(element.ValueOf(AttributeKey.Id)));
        return element.Tag.IsCustom ? hint.Or(_names.Of(element.Tag.Name.AsMemory())) : hint;
    }
}
