using System.Globalization;
using System.Text;

namespace Ingest.Core.Articles.Output;

/// <summary>An article's body as CommonMark, with tables as GitHub writes them. <see cref="MarkdownText"/> has what stands within a line.</summary>
internal sealed class MarkdownOutput
{
    private readonly StringBuilder _markdown = new();
    private readonly Dictionary<Frame, OpenList> _lists = [];
    private readonly Dictionary<Frame, int> _widths = [];
    private BodyPart? _before;

    public static string Write(IReadOnlyList<BodyPart> body)
    {
        var output = new MarkdownOutput();
        foreach (var part in body)
            output.Part(part);
        return output._markdown.ToString();
    }

    private void Part(BodyPart part)
    {
        var shared = Shared(part.Around);
        if (_before is not null)
            _markdown.Append(IsTight(part, shared) ? "\n" : $"\n{Prefix(part.Around.Take(shared)).TrimEnd()}\n");
        _markdown.Append(Prefix(part.Around.Take(shared)));
        Open(part.Around, shared);
        var prefix = Prefix(part.Around);
        var first = true;
        foreach (var line in Lines(part))
        {
            _markdown.Append(first ? "" : $"\n{prefix}").Append(line);
            first = false;
        }
        _before = part;
    }

    private static IEnumerable<string> Lines(BodyPart part) => part switch
    {
        BodyPart.Line line => [(line.Level > 0 ? new string('#', line.Level) + " " : "") + MarkdownText.Of(line.Text, line.Level > 0 ? MarkdownPlace.Heading : MarkdownPlace.Line)],
        BodyPart.Code code => Fenced(code.Lines),
        BodyPart.Table table => Rows(table.Rows),
        BodyPart.Picture picture => [$"![]({MarkdownText.Address(picture.Url.AbsoluteUri)})"],
        _ => throw new InvalidOperationException("a new kind of part"),
    };

    private static IEnumerable<string> Fenced(IReadOnlyList<string> lines)
    {
        var fence = new string('`', Math.Max(3, lines.Max(MarkdownText.LongestTicks) + 1));
        return [fence, .. lines, fence];
    }

    // A table has a head, and no row has more cells than that.
    private static IEnumerable<string> Rows(IReadOnlyList<IReadOnlyList<TableCell>> rows)
    {
        var width = rows.Max(row => row.Count);
        yield return Row(rows[0], width);
        yield return $"|{string.Concat(Enumerable.Repeat(" --- |", width))}";
        foreach (var row in rows.Skip(1))
            yield return Row(row, width);
    }

    private static string Row(IReadOnlyList<TableCell> cells, int width) =>
        $"|{string.Concat(Enumerable.Range(0, width).Select(at => at < cells.Count ? $" {MarkdownText.Of(cells[at].Text, MarkdownPlace.Cell)} |" : "  |"))}";

    private int Shared(IReadOnlyList<Frame> around)
    {
        var shared = 0;
        while (_before is not null && shared < around.Count && shared < _before.Around.Count && ReferenceEquals(around[shared], _before.Around[shared]))
            shared++;
        return shared;
    }

    // Items that are one line each follow each other without a blank line.
    private bool IsTight(BodyPart part, int shared) =>
        part is BodyPart.Line { IsItem: true } && _before is BodyPart.Line { IsItem: true } && shared > 0 && shared < part.Around.Count && (part.Around[shared - 1].IsList || part.Around[shared].IsList);

    private static string Quoted(Frame frame, int width) => frame.Kind == FrameKind.Quote ? "> " : new string(' ', width);

    private string Prefix(IEnumerable<Frame> around) => string.Concat(around.Select(frame => Quoted(frame, _widths.GetValueOrDefault(frame))));

    private void Open(IReadOnlyList<Frame> around, int shared)
    {
        for (var at = shared; at < around.Count; at++)
        {
            var frame = around[at];
            if (frame.IsList)
            {
                // Two lists one after the other are told apart by their signs.
                var beside = at == shared && _before is not null && at < _before.Around.Count ? _lists.GetValueOrDefault(_before.Around[at]) : null;
                _lists[frame] = new OpenList(frame.Kind == FrameKind.Numbers, beside is { Other: false });
            }
            var marker = frame.Kind switch { FrameKind.Quote => "> ", FrameKind.Item => _lists[around[at - 1]].Next(), _ => "" };
            if (frame.Kind == FrameKind.Item)
                _widths[frame] = marker.Length;
            _markdown.Append(marker);
        }
    }

    private sealed class OpenList(bool isNumbered, bool other)
    {
        private int _count;

        public bool Other { get; } = other;

        public string Next() => isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{++_count}{(Other ? ')' : '.')} ") : Other ? "* " : "- ";
    }
}
