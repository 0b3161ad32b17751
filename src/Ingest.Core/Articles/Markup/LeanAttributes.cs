using System.Collections.Frozen;

namespace Ingest.Core.Articles.Markup;

/// <summary>Which attributes a lean document keeps.</summary>
internal static class LeanAttributes
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Read = Set(
        "class id style hidden aria-hidden role itemprop itemscope datetime content property name http-equiv charset rel href src data-src data-original alt type lang xml:lang pubdate action encoding color face size");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Formatting = Set("a b big code em font i nobr s small strike strong tt u");

    public static bool IsRead(ReadOnlySpan<char> name) => Read.Contains(name);

    /// <summary>The elements that the tree builder keeps a list of.</summary>
    public static bool IsFormatting(ReadOnlySpan<char> tag) => Formatting.Contains(tag);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string names) =>
        names.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
