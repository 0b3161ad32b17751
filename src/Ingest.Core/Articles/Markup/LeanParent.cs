using System.Collections;
using AngleSharp.Common;
using AngleSharp.Html.Construction;

namespace Ingest.Core.Articles.Markup;

/// <summary>A node with children, which it lists itself: the tree builder takes them from the front one by one, so the front moves and not they.</summary>
internal abstract class LeanParent : LeanNode, IConstructableNodeList
{
    private LeanNode[] _nodes = [];
    private int _first;
    private int _count;

    protected abstract LeanDocument Document { get; }

    /// <summary>Elements and texts in order. Do not change the tree while reading it.</summary>
    public ReadOnlySpan<LeanNode> Nodes => _nodes.AsSpan(_first, _count);

    public override IConstructableNodeList ChildNodes => this;

    int IConstructableNodeList.Length => _count;

    IConstructableNode IConstructableNodeList.this[int index] => _nodes[_first + index];

    public override void AddNode(IConstructableNode node)
    {
        if (node is LeanNode child)
            Insert(_count, child);
    }

    public override void InsertNode(int idx, IConstructableNode childNode)
    {
        if (childNode is LeanNode child)
            Insert(idx, child);
    }

    // White space alone parts words: "<b>one</b> <i>two</i>".
    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly) => Insert(_count, new LeanText(text.Memory));

    public override void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly) => Insert(idx, new LeanText(text.Memory));

    public override void RemoveChild(IConstructableNode childNode)
    {
        if (IndexOf((LeanNode)childNode) is >= 0 and var at)
            RemoveNode(at, childNode);
    }

    public override void RemoveNode(int idx, IConstructableNode childNode)
    {
        if (idx == 0)
            _nodes[_first++] = null!;
        else
            Array.Copy(_nodes, _first + idx + 1, _nodes, _first + idx, _count - idx - 1);
        _count--;
        ((LeanNode)childNode).Parent = null;
    }

    public void Clear() => (_first, _count) = (0, 0);

    public IEnumerator<IConstructableNode> GetEnumerator() => _nodes.Skip(_first).Take(_count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The place of a child among its siblings, searched from the end; -1 when it is none.</summary>
    internal int IndexOf(LeanNode child) => _count == 0 ? -1 : Array.LastIndexOf(_nodes, child, _first + _count - 1, _count) is >= 0 and var at ? at - _first : -1;

    protected void Insert(int at, LeanNode child)
    {
        // Who inserts has counted the siblings from the front.
        Document.Limits.Work(at < _count ? _count : 1);
        Grow();
        if (at < _count)
            Array.Copy(_nodes, _first + at, _nodes, _first + at + 1, _count - at);
        _nodes[_first + at] = child;
        _count++;
        child.Parent = this;
        if (child is LeanElement element)
            element.Depth = Document.Limits.Check(this is LeanElement parent ? parent.Depth + 1 : 1);
    }

    private void Grow()
    {
        if (_first + _count < _nodes.Length)
            return;
        if (_nodes.Length == 0)
            _nodes = new LeanNode[2];
        else
            Array.Resize(ref _nodes, _nodes.Length * 2);
    }
}
