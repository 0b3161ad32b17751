using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Ingest.Core.Articles.Markup;

/// <summary>
/// A parsed page with nothing in it that the extractor does not read: AngleSharp's tree builder builds it as it would build its own document. Its texts and
/// attributes lie in the page's own buffer.
/// </summary>
internal sealed class LeanDocument(TextSource source, TreeLimits limits) : LeanParent, IConstructableDocument, IDisposable
{
    protected override LeanDocument Document => this;

    public TreeLimits Limits { get; } = limits;

    public TextSource Source { get; } = source;

    public IDisposable? Builder { get; set; }

    public QuirksMode QuirksMode { get; set; }

    public bool IsLoading => false;

    public override StringOrMemory NodeName => "#document";

    /// <summary>Of the tables' parts the one whose name the tree builder asked for last.</summary>
    public LeanElement? Asked { get; set; }

    /// <summary>The child that was asked for last by its number; nothing once the children of any node have changed.</summary>
    public (LeanParent? Parent, int At, LeanNode? Node) Cursor { get; set; }

    public LeanElement? Root => ChildOf(this, "html");

    public LeanElement? Head => Root is { } root ? ChildOf(root, "head") : null;

    public LeanElement? Body => Root is { } root ? ChildOf(root, "body") : null;

    IConstructableElement IConstructableDocument.DocumentElement => Root!;

    IConstructableElement? IConstructableDocument.Head => Head;

    /// <summary>The tags of names that HTML does not know.</summary>
    public Dictionary<string, LeanTag> Strangers { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The builder knows a table only by the class that AngleSharp's own document gives it. So it hands what stands inside of a table and outside of its cells
    /// not to the place before the table (HTML standard, "foster parent") but to the document; the element it asked for last is its current one.
    /// </summary>
    public override void AddNode(IConstructableNode node)
    {
        if (Root is null || node is not LeanElement || Asked is not { } current)
            base.AddNode(node);
        else
            current.Foster(node);
    }

    public void AddComment(ref StructHtmlToken token)
    {
        // Comments are no part of a page's text.
    }

    public void TrackError(Exception exception)
    {
        // Whatever a page has wrong, its text is read.
    }

    public void ApplyManifest()
    {
        // Nothing is fetched.
    }

    public void PerformMicrotaskCheckpoint()
    {
        // No script runs.
    }

    public void ProvideStableState()
    {
        // No script runs.
    }

    public Task WaitForReadyAsync(CancellationToken cancelToken) => Task.CompletedTask;

    public Task FinishLoadingAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Builder?.Dispose();
        Source.Dispose();
    }

    private static LeanElement? ChildOf(LeanParent parent, string name)
    {
        for (var node = parent.First; node is not null; node = node.Next)
            if (node is LeanElement element && element.Tag.Name == name)
                return element;
        return null;
    }
}
