namespace Ingest.Core.Articles.Output;

/// <summary>What an element around blocks is.</summary>
internal enum FrameKind
{
    Quote,
    Bullets,
    Numbers,
    Item,
    Table,
    Row,
    Cell,
    HeadCell,
    Preformatted,
}

/// <summary>An element that stands around blocks and shows. Two blocks are in the same one when it is the same object.</summary>
/// <param name="outer">The next one around it.</param>
internal sealed class Frame(FrameKind kind, Frame? outer)
{
    private int _cells;

    public FrameKind Kind { get; } = kind;

    public Frame? Outer { get; } = outer;

    /// <summary>The number of a cell within its row.</summary>
    public int Column { get; } = kind is FrameKind.Cell or FrameKind.HeadCell && outer is { Kind: FrameKind.Row } ? outer._cells++ : 0;

    public bool IsList => Kind is FrameKind.Bullets or FrameKind.Numbers;

    public bool IsCell => Kind is FrameKind.Cell or FrameKind.HeadCell;

    public static FrameKind? KindOf(string tag) => tag switch
    {
        "blockquote" => FrameKind.Quote,
        "ul" or "menu" or "dir" => FrameKind.Bullets,
        "ol" => FrameKind.Numbers,
        "li" => FrameKind.Item,
        "table" => FrameKind.Table,
        "tr" => FrameKind.Row,
        "td" => FrameKind.Cell,
        "th" => FrameKind.HeadCell,
        "pre" => FrameKind.Preformatted,
        _ => null,
    };

    /// <summary>The innermost frame that is wanted, this one included; null when there is none.</summary>
    public Frame? Nearest(Predicate<Frame> wanted)
    {
        var at = this;
        while (at is not null && !wanted(at))
            at = at.Outer;
        return at;
    }

    /// <summary>The innermost frame around both; null when there is none.</summary>
    public static Frame? Common(Frame? one, Frame? other)
    {
        while (one is not null && other?.Nearest(f => ReferenceEquals(f, one)) is null)
            one = one.Outer;
        return one;
    }
}
