namespace Ingest.Core.Articles.Output;

/// <summary>A part of an article's body as Markdown and HTML show it. <paramref name="Around"/> has its quotations, lists and items, the outermost first; an item always follows its list.</summary>
internal abstract record BodyPart(IReadOnlyList<Frame> Around)
{
    /// <summary>A paragraph, a list item's own line, or with a level from 2 to 4 a heading.</summary>
    public sealed record Line(IReadOnlyList<Frame> Around, IReadOnlyList<StyledText> Text, int Level, bool IsItem) : BodyPart(Around);

    /// <summary>Lines whose spaces count.</summary>
    public sealed record Code(IReadOnlyList<Frame> Around, IReadOnlyList<string> Lines) : BodyPart(Around);

    public sealed record Table(IReadOnlyList<Frame> Around, IReadOnlyList<IReadOnlyList<TableCell>> Rows) : BodyPart(Around);

    public sealed record Picture(Uri Url) : BodyPart([]);
}

/// <summary>A cell of a table; one that says nothing has no text.</summary>
internal sealed record TableCell(IReadOnlyList<StyledText> Text, bool IsHead);
