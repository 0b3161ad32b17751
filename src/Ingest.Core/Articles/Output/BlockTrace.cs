using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.Output;

/// <summary>
/// Goes along when a page is walked a second time, and keeps for each block how its words are set and what stands around them. The walk that finds the article has none:
/// only the blocks that are left at the end need their markup, and whoever wants no markup pays for none.
/// </summary>
internal sealed class BlockTrace
{
    private readonly Stack<(TextStyle Style, Frame? Frame)> _outer = [];
    private readonly List<IReadOnlyList<TracedRun>> _blocks = [];
    private readonly List<TracedRun> _runs = [];
    private TextStyle _style;
    private Frame? _frame;

    /// <summary>The runs of each block, in the order of the blocks.</summary>
    public IReadOnlyList<IReadOnlyList<TracedRun>> Blocks => _blocks;

    public void Enter(LeanElement element)
    {
        _outer.Push((_style, _frame));
        switch (element.Tag.Name)
        {
            case "a":
                _style = _style with { Address = element.GetAttribute(AttributeKey.Href) };
                break;
            case "b" or "strong":
                _style = _style with { Strong = true };
                break;
            case "i" or "em":
                _style = _style with { Emphasis = true };
                break;
            case "code" or "kbd" or "samp" or "tt":
                _style = _style with { Code = true };
                break;
            case var tag when Frame.KindOf(tag) is { } kind:
                _frame = new Frame(kind, _frame);
                break;
            default:
                break;
        }
    }

    public void Leave() => (_style, _frame) = _outer.Pop();

    /// <summary>Characters were added to the block that is being written.</summary>
    public void Put(int start, int length)
    {
        if (_runs.Count > 0 && _runs[^1] is var last && last.Style == _style && ReferenceEquals(last.Frame, _frame))
            _runs[^1] = last with { End = start + length };
        else
            _runs.Add(new TracedRun(start, start + length, _style, _frame));
    }

    /// <summary>The block ended: its text is <paramref name="length"/> characters of those added, from <paramref name="start"/>.</summary>
    public void Keep(int start, int length) =>
        _blocks.Add([.. _runs.Select(run => run with { Start = Math.Max(0, run.Start - start), End = Math.Min(length, run.End - start) }).Where(run => run.End > run.Start)]);

    public void Clear() => _runs.Clear();
}

/// <summary>A part of a block's text, how it is set and what stands around it.</summary>
internal readonly record struct TracedRun(int Start, int End, TextStyle Style, Frame? Frame);
