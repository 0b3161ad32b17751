using System.Collections;
using AngleSharp.Common;
using AngleSharp.Html.Construction;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Markup;

/// <summary>A node with children, each of which knows the next one.</summary>
internal abstract class LeanParent : LeanNode, IConstructableNodeList
{
    private LeanNode? _last;
    private int _count;

    /// <summary>The first child; the others are found by <see cref="LeanNode.Next"/>. Do not change the tree while reading it.</summary>
    public LeanNode? First { get; private set; }

    protected abstract LeanDocument Document { get; }

    public override IConstructableNodeList ChildNodes => this;

    int IConstructableNodeList.Length => _count;

    IConstructableNode IConstructableNodeList.this[int index] => NodeAt(index);

    public override void AddNode(IConstructableNode node)
    {
        if (node is LeanNode child)
            Insert(_last, child);
    }

    public override void InsertNode(int idx, IConstructableNode childNode)
    {
        if (childNode is LeanNode child)
            Insert(idx == 0 ? null : NodeAt(idx - 1), child);
    }

    // White space alone parts words: "<b>one</b> <i>two</i>".
    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly)
    {
        if (!IsUnseen(text.Memory.Span))
            Insert(_last, new LeanText(text.Memory));
    }

    public override void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly) => InsertNode(idx, new LeanText(text.Memory));

    public override void RemoveChild(IConstructableNode childNode)
    {
        LeanNode? before = null;
        for (var node = First; node is not null; (before, node) = (node, node.Next))
        {
            Document.Limits.Work(1);
            if (ReferenceEquals(node, childNode))
            {
                Remove(before, node);
                return;
            }
        }
    }

    public override void RemoveNode(int idx, IConstructableNode childNode) => Remove(idx == 0 ? null : NodeAt(idx - 1), (LeanNode)childNode);

    public void Clear() => (First, _last, _count) = (null, null, 0);

    public IEnumerator<IConstructableNode> GetEnumerator()
    {
        for (var node = First; node is not null; node = node.Next)
            yield return node;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Puts a node right before one of the children.</summary>
    internal void InsertBefore(LeanNode next, LeanNode child)
    {
        LeanNode? before = null;
        for (var node = First; node is not null && !ReferenceEquals(node, next); node = node.Next)
        {
            Document.Limits.Work(1);
            before = node;
        }
        Insert(before, child);
    }

    /// <summary>White space that no page shows, for it begins a block or stands behind one: most of all texts of a page.</summary>
    protected virtual bool IsUnseen(ReadOnlySpan<char> text) => false;

    protected static bool EndsLine(LeanNode node) => node is LeanElement { Tag.Role: TagRole.Container or TagRole.Rule or TagRole.Break };

    protected LeanNode? Last => _last;

    // The tree builder asks for one after the other when it looks for a child's place.
    private LeanNode NodeAt(int index)
    {
        var (parent, at, node) = Document.Cursor;
        if (!ReferenceEquals(parent, this) || at > index)
            (at, node) = (0, First);
        for (; at < index && node is not null; at++)
        {
            Document.Limits.Work(1);
            node = node.Next;
        }
        Document.Cursor = (this, at, node);
        return node ?? throw new ArgumentOutOfRangeException(nameof(index));
    }

    private void Insert(LeanNode? before, LeanNode child)
    {
        Document.Limits.Work(1);
        Document.Cursor = default;
        if (before is null)
            (child.Next, First) = (First, child);
        else
            (child.Next, before.Next) = (before.Next, child);
        if (ReferenceEquals(before, _last))
            _last = child;
        _count++;
        child.Parent = this;
        if (child is not LeanElement element)
            return;
        var parent = this as LeanElement;
        element.Depth = Document.Limits.Check(parent is null ? 1 : parent.Depth + 1);
        element.IsInFormatting |= element.Tag.IsFormatting || parent is { IsInFormatting: true };
    }

    private void Remove(LeanNode? before, LeanNode child)
    {
        Document.Cursor = default;
        if (before is null)
            First = child.Next;
        else
            before.Next = child.Next;
        if (ReferenceEquals(child, _last))
            _last = before;
        _count--;
        (child.Parent, child.Next) = (null, null);
    }
}
