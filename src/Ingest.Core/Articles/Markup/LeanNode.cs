using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace Ingest.Core.Articles.Markup;

/// <summary>A node of a parsed page: a <see cref="LeanText"/> or a <see cref="LeanElement"/>.</summary>
internal abstract class LeanNode : IConstructableNode
{
    internal LeanParent? Parent { get; set; }

    /// <summary>The next child of the same parent; null behind the last one.</summary>
    internal LeanNode? Next { get; set; }

    public abstract StringOrMemory NodeName { get; }

    public virtual NodeFlags Flags => NodeFlags.None;

    IConstructableNode? IConstructableNode.Parent
    {
        get => Parent;
        set => Parent = (LeanParent?)value;
    }

    public abstract IConstructableNodeList ChildNodes { get; }

    public void RemoveFromParent() => Parent?.RemoveChild(this);

    public abstract void RemoveChild(IConstructableNode childNode);

    public abstract void RemoveNode(int idx, IConstructableNode childNode);

    public abstract void InsertNode(int idx, IConstructableNode childNode);

    public abstract void AddNode(IConstructableNode node);

    public abstract void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly);

    public abstract void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly);
}

/// <summary>A run of characters, in the page's own buffer: gone with the document. Runs that follow each other are one text.</summary>
internal sealed class LeanText(ReadOnlyMemory<char> data) : LeanNode
{
    public ReadOnlySpan<char> Data => data.Span;

    public ReadOnlyMemory<char> Memory => data;

    public override StringOrMemory NodeName => "#text";

    public override IConstructableNodeList ChildNodes => NoNodes.Instance;

    public override void RemoveChild(IConstructableNode childNode) => throw new NotSupportedException();

    public override void RemoveNode(int idx, IConstructableNode childNode) => throw new NotSupportedException();

    public override void InsertNode(int idx, IConstructableNode childNode) => throw new NotSupportedException();

    public override void AddNode(IConstructableNode node) => throw new NotSupportedException();

    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly) => throw new NotSupportedException();

    public override void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly) => throw new NotSupportedException();

    private sealed class NoNodes : IConstructableNodeList
    {
        public static readonly NoNodes Instance = new();

        public int Length => 0;

        public IConstructableNode this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public void Clear()
        {
            // There is nothing to clear.
        }

        public IEnumerator<IConstructableNode> GetEnumerator() => Enumerable.Empty<IConstructableNode>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
