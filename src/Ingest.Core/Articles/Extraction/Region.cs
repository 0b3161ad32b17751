using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.Extraction;

/// <summary>An element that holds blocks, with running totals of what is inside of it. The page's body has no parent and no element.</summary>
internal sealed class Region(Region? parent, LeanElement? element)
{
    private double _mainWeight;
    private double _markedWeight;

    public Region? Parent { get; } = parent;
    public string Tag => element?.Tag.Name ?? "body";

    /// <summary>The element's class as it is written.</summary>
    public ReadOnlySpan<char> Names => element is null ? default : element[AttributeKey.Class];

    /// <summary>What the markup says this is, when it says that it is no part of the article.</summary>
    public ResidueKind? Hint { get; set; }

    /// <summary>The markup says that this holds the article's text.</summary>
    public bool IsBody { get; set; }

    public int FirstBlock { get; init; }
    public int EndBlock { get; set; }

    /// <summary>Weight of the running text inside, whatever it is.</summary>
    public double AllWeight { get; private set; }

    /// <summary>Weight of the running text inside that no hint gives away as residue.</summary>
    public double Weight { get; private set; }

    public int Characters { get; private set; }
    public int LinkedCharacters { get; private set; }

    /// <summary>The part of <see cref="Weight"/> that stands in marked bodies.</summary>
    public double MarkedWeight => IsBody ? Weight : _markedWeight;

    /// <summary>Most of its text stands in the page's main element or marked body.</summary>
    public bool HoldsMain => _mainWeight > AllWeight / 2;

    public double LinkDensity => Characters == 0 ? 0 : (double)LinkedCharacters / Characters;

    public bool Holds(int block) => block >= FirstBlock && block < EndBlock;

    public bool IsInside(Region outer)
    {
        for (var at = this; at is not null; at = at.Parent)
            if (ReferenceEquals(at, outer))
                return true;
        return false;
    }

    public void Clear() => (AllWeight, Weight, Characters, LinkedCharacters, _mainWeight, _markedWeight) = (0, 0, 0, 0, 0, 0);

    public void Add(Block block, double weight)
    {
        AllWeight += weight;
        Weight += weight;
        Characters += block.Text.Length;
        LinkedCharacters += block.LinkedCharacters;
    }

    public void AddToParent()
    {
        var outer = Parent!;
        outer.AllWeight += AllWeight;
        if (Hint is null)
            (outer.Weight, outer._markedWeight) = (outer.Weight + Weight, outer._markedWeight + MarkedWeight);
        outer.Characters += Characters;
        outer.LinkedCharacters += LinkedCharacters;
        outer._mainWeight += IsBody || Tag == "main" ? AllWeight : _mainWeight;
    }
}
