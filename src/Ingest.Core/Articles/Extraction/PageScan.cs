using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.Extraction;

/// <summary>Everything that one walk of a page's body finds.</summary>
internal sealed record PageScan(IReadOnlyList<Block> Blocks, IReadOnlyList<Region> Regions)
{
    public IReadOnlyList<SeenImage> Images { get; init; } = [];
    public IReadOnlyList<SeenTime> Times { get; init; } = [];

    /// <summary>Values of <c>itemprop</c> and <c>rel</c> elements in document order: name, value, block it stands before.</summary>
    public IReadOnlyList<SeenProperty> Properties { get; init; } = [];

    /// <summary>The text of JSON-LD scripts, wherever they stand.</summary>
    public IReadOnlyList<ReadOnlyMemory<char>> JsonLd { get; init; } = [];

    /// <summary>Addresses of links that say "next" or are a small number, as those to an article's other pages are.</summary>
    public IReadOnlyList<string> Numbered { get; init; } = [];

    /// <summary>The regions that a site's rules call the article's body; empty without rules, or when they do not fit the page.</summary>
    public IReadOnlyList<Region> Chosen { get; init; } = [];

    /// <summary>What a site's rules take away.</summary>
    public IReadOnlyList<SiteCut> Cuts { get; init; } = [];
}

/// <summary>The text of an element that a site's rules take away, the innermost element around it, and the number of blocks before it.</summary>
internal sealed record SiteCut(string Text, Region Region, int Block);

/// <summary>An image, the innermost figure or element around it, and the number of blocks before it.</summary>
internal readonly record struct SeenImage(LeanElement Element, Region Region, int Block)
{
    /// <summary>Its address as the page has it: what a script would load later, before what stands in its place.</summary>
    public string? Url => Element.GetAttribute(AttributeKey.DataSrc) ?? Element.GetAttribute(AttributeKey.DataOriginal) ?? Element.GetAttribute(AttributeKey.Src);

    public string? Alt => Element.GetAttribute(AttributeKey.Alt);
}

/// <summary>A <c>time</c> element, what it says it is the time of, the innermost element around it, and the number of blocks before it.</summary>
internal sealed record SeenTime(string Value, string? Property, Region Region, int Block);

/// <summary>A value that the body gives with a name: microdata, a link relation, or a class that says whose name it holds.</summary>
internal sealed record SeenProperty(string Name, string Value, Region Region, int Block);
