using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Metadata;

namespace Ingest.Core.Articles.Output;

/// <summary>Puts the blocks that cleaning left together with their markup. Words are taken from the blocks alone, so that every form says what the text says.</summary>
internal sealed class BodyBuilder
{
    // Deeper quotations and lists are shown at this depth: Markdown repeats what is around on every line.
    private const int MostAround = 12;

    private const int MostColumns = 50;

    private readonly List<BodyPart> _parts = [];
    private readonly Draft _draft;
    private readonly IReadOnlyList<IReadOnlyList<TracedRun>> _traced = [];
    private readonly Dictionary<Block, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(int Block, Uri Url)> _pictures = [];
    private readonly LinkAddresses _links;

    // What stands around the whole article is lay-out.
    private readonly Frame? _shell;

    // The table, the preformatted element or the list that later blocks may go on.
    private Frame? _open;
    private Frame? _row;
    private List<IReadOnlyList<TableCell>> _rows = [];
    private List<string> _lines = [];

    private BodyBuilder(Draft draft, IReadOnlyList<ArticleImage> images, PageSource? source)
    {
        (_draft, _links) = (draft, new LinkAddresses(source));
        if (source is null)
            return;
        _traced = source.WalkAgain().Blocks;
        for (var at = 0; at < source.Scan.Blocks.Count; at++)
            _places[source.Scan.Blocks[at]] = at;
        _shell = Shell();
        var wanted = images.Select(image => image.Url).ToHashSet();
        foreach (var seen in source.Scan.Images)
            if (MetadataReader.Address(seen.Url, source.Base) is { } url && wanted.Remove(url))
                _pictures.Enqueue((seen.Block, url));
    }

    /// <param name="draft">The article's blocks.</param>
    /// <param name="images">The pictures that are the article's; each is shown where the page shows it first.</param>
    /// <param name="source">The page; null where there is none, and so no markup.</param>
    public static IReadOnlyList<BodyPart> Build(Draft draft, IReadOnlyList<ArticleImage> images, PageSource? source)
    {
        var builder = new BodyBuilder(draft, images, source);
        for (var at = 0; at < draft.Count; at++)
            if (draft.IsIn(at))
                builder.Add(draft[at]);
        builder.AddPictures(int.MaxValue);
        return builder._parts;
    }

    private void Add(Block block)
    {
        var place = _places.GetValueOrDefault(block, -1);
        var runs = place >= 0 ? _traced[place] : [];
        var frame = FrameOf(block);
        var around = Around(frame);
        if (around.Count == 0 && !GoesOn(frame))
            AddPictures(place);
        if (block.Kind == ParagraphKind.TableRow && Cells(block.Text, runs) is { Count: > 1 } cells)
            AddRow(around, frame, cells);
        else if (block.Kind == ParagraphKind.Paragraph && IsNextRow(frame))
            AddRow(around, frame, Cells(block.Text, runs));
        else if (block.Kind == ParagraphKind.Preformatted)
            AddCode(around, frame?.Nearest(f => f.Kind == FrameKind.Preformatted), block.Text);
        else
            AddLine(around, frame, block, runs);
    }

    private Frame? FrameOf(Block block) => _places.TryGetValue(block, out var place) && _traced[place] is [var first, ..] ? first.Frame : null;

    private Frame? Shell()
    {
        List<Block> kept = [.. Enumerable.Range(0, _draft.Count).Where(_draft.IsIn).Select(at => _draft[at])];
        if (kept.Count < 2)
            return null;
        var common = FrameOf(kept[0]);
        foreach (var block in kept)
            common = Frame.Common(common, FrameOf(block));
        return common is { IsList: true } ? common.Outer : common;
    }

    // A row of which only one cell says something is no block of cells.
    private bool IsNextRow(Frame? frame) => _open is { Kind: FrameKind.Table } && GoesOn(frame) && frame?.Nearest(f => f.Kind == FrameKind.Row) is { } row && !ReferenceEquals(row, _row);

    private bool GoesOn(Frame? frame) => _open is not null && ReferenceEquals(frame?.Nearest(f => f.Kind == _open.Kind), _open);

    // A list or a table is not parted by a picture: it comes when that is over.
    private void AddPictures(int before)
    {
        while (_pictures.TryPeek(out var next) && next.Block <= before)
        {
            _pictures.Dequeue();
            _parts.Add(new BodyPart.Picture(next.Url));
            _open = null;
        }
    }

    // Lists of plain text have no elements.
    private void AddLine(List<Frame> around, Frame? frame, Block block, IReadOnlyList<TracedRun> runs)
    {
        var isItem = block.Kind == ParagraphKind.ListItem;
        var isBare = isItem && frame?.Nearest(f => f.Kind == FrameKind.Item) is null;
        _open = isBare ? (_open is { IsList: true } ? _open : new Frame(FrameKind.Bullets, null)) : null;
        if (isBare)
            around.AddRange([_open!, new Frame(FrameKind.Item, _open)]);
        var from = isItem ? PlainTextReader.BulletOf(block.Text).Length : 0;
        var level = block.Kind == ParagraphKind.Heading ? Math.Clamp(block.Level, 2, 4) : 0;
        _parts.Add(new BodyPart.Line(around, Styled(block.Text, runs, from, block.Text.Length, level > 0), level, isItem));
    }

    private void AddRow(List<Frame> around, Frame? frame, IReadOnlyList<TableCell> cells)
    {
        var table = frame?.Nearest(f => f.Kind == FrameKind.Table);
        if (table is null || !ReferenceEquals(_open, table))
            _parts.Add(new BodyPart.Table(around, _rows = []));
        _rows.Add(cells);
        (_open, _row) = (table, frame?.Nearest(f => f.Kind == FrameKind.Row));
    }

    private void AddCode(List<Frame> around, Frame? element, string line)
    {
        if (element is null || !ReferenceEquals(_open, element))
            _parts.Add(new BodyPart.Code(around, _lines = []));
        _lines.Add(line);
        _open = element;
    }

    // A list without items and an item without its list show nothing.
    private List<Frame> Around(Frame? frame)
    {
        var around = new List<Frame>();
        for (var at = frame; at is not null && !ReferenceEquals(at, _shell); at = at.Outer)
            if (at.Kind is FrameKind.Quote or FrameKind.Item || (at.IsList && around is [.., { Kind: FrameKind.Item }]))
                around.Add(at);
        around.Reverse();
        for (var at = around.Count - 1; at >= 0; at--)
            if (around[at].Kind == FrameKind.Item && (at == 0 || !around[at - 1].IsList))
                around.RemoveAt(at);
        var most = Math.Min(around.Count, MostAround);
        return around[..(most > 0 && around[most - 1].IsList ? most - 1 : most)];
    }

    private List<TableCell> Cells(string text, IReadOnlyList<TracedRun> runs)
    {
        var cells = new List<TableCell>();
        for (var first = 0; first < runs.Count;)
        {
            var cell = runs[first].Frame?.Nearest(f => f.IsCell);
            var next = first + 1;
            while (next < runs.Count && ReferenceEquals(runs[next].Frame?.Nearest(f => f.IsCell), cell))
                next++;
            while (cell is not null && cells.Count < Math.Min(cell.Column, MostColumns))
                cells.Add(new TableCell([], IsHead: false));
            var isHead = cell?.Kind == FrameKind.HeadCell;
            cells.Add(new TableCell(Styled(text, [.. runs.Skip(first).Take(next - first)], runs[first].Start, runs[next - 1].End, isHead), isHead));
            first = next;
        }
        return cells;
    }

    // A heading is bold as it is.
    private List<StyledText> Styled(string text, IReadOnlyList<TracedRun> runs, int from, int to, bool isHeading)
    {
        var styled = new List<StyledText>();
        var (at, before) = (from, default(TextStyle?));
        foreach (var run in runs)
        {
            if (run.End <= from)
                continue;
            var style = run.Style with { Address = _links.Resolve(run.Style.Address), Strong = run.Style.Strong && !isHeading };
            Append(styled, text, at, run.Start, before?.And(style) ?? default);
            Append(styled, text, Math.Max(at, run.Start), run.End, style);
            (at, before) = (run.End, style);
        }
        Append(styled, text, at, to, default);
        return styled;
    }

    private static void Append(List<StyledText> styled, string text, int from, int to, TextStyle style)
    {
        if (from >= to)
            return;
        if (styled.Count > 0 && styled[^1].Style == style)
            styled[^1] = styled[^1] with { Text = styled[^1].Text + text[from..to] };
        else
            styled.Add(new StyledText(text[from..to], style));
    }
}
