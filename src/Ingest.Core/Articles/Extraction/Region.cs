namespace Ingest.Core.Articles.Extraction;

/// <summary>An element that holds blocks, with running totals of what is inside of it.</summary>
internal sealed class Region(Region? parent, string tag)
{
    public Region? Parent { get; } = parent;
    public string Tag { get; } = tag;

    /// <summary>What the markup says this is, when it says that it is no part of the article.</summary>
    public ResidueKind? Hint { get; set; }

    /// <summary>The markup says that this holds the article's text.</summary>
    public bool IsBody { get; set; }

    public int FirstBlock { get; init; }
    public int EndBlock { get; set; }

    /// <summary>Weight of the running text inside, whatever it is.</summary>
    public double AllWeight { get; set; }

    /// <summary>Weight of the running text inside that no hint gives away as residue.</summary>
    public double Weight { get; set; }

    public int Characters { get; set; }
    public int LinkedCharacters { get; set; }

    public double LinkDensity => Characters == 0 ? 0 : (double)LinkedCharacters / Characters;

    public bool IsInside(Region outer)
    {
        for (var at = this; at is not null; at = at.Parent)
            if (ReferenceEquals(at, outer))
                return true;
        return false;
    }
}
