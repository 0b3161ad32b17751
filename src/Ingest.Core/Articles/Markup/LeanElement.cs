using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Ingest.Core.Articles.Markup;

/// <summary>An element: its tag, its children, and those of its attributes that <see cref="LeanAttributes"/> keeps.</summary>
internal class LeanElement(LeanDocument document, LeanTag tag)
    : LeanParent, IConstructableMetaElement, IConstructableFormElement, IConstructableFrameElement, IConstructableMathElement, IConstructableSvgElement, IConstructableNamedNodeMap
{
    private LeanAttribute[] _attributes = [];

    protected override LeanDocument Document { get; } = document;

    public LeanTag Tag { get; } = tag;

    /// <summary>Elements around this one; a moved element keeps the number until it is moved again, and its children theirs.</summary>
    public int Depth { get; set; }

    public override NodeFlags Flags => Tag.Flags;

    public override StringOrMemory NodeName => Tag.Name;

    public StringOrMemory LocalName
    {
        get
        {
            Document.Asked = this;
            return Tag.Name;
        }
    }

    public StringOrMemory NamespaceUri => Tag.Namespace;

    public StringOrMemory Prefix => StringOrMemory.Empty;

    public ISourceReference? SourceReference { get; set; }

    public IConstructableNamedNodeMap Attributes => this;

    int IConstructableNamedNodeMap.Length => _attributes.Length;

    IConstructableAttr? IConstructableNamedNodeMap.this[StringOrMemory name] => throw new NotSupportedException();

    /// <summary>An attribute's value; empty when there is none, or it is empty.</summary>
    public ReadOnlySpan<char> this[string name] => Find(name) is >= 0 and var at ? _attributes[at].Value.Span : default;

    /// <summary>An attribute's value; null when there is none.</summary>
    public string? GetAttribute(string name) => Find(name) is >= 0 and var at ? _attributes[at].Value.ToString() : null;

    public bool HasAttribute(string name) => Find(name) >= 0;

    public bool HasAttributes => _attributes.Length > 0;

    /// <summary>Everything that is written inside, tags left out.</summary>
    public string TextContent
    {
        get
        {
            if (Nodes is [LeanText only])
                return only.Data.ToString();
            var text = new System.Text.StringBuilder();
            Gather(text);
            return text.ToString();
        }
    }

    public void SetAttributes(StructAttributes tagAttributes)
    {
        if (tagAttributes.Count == 0)
            return;
        var before = _attributes.Length;
        Array.Resize(ref _attributes, before + tagAttributes.Count);
        for (var i = 0; i < tagAttributes.Count; i++)
            _attributes[before + i] = new LeanAttribute(tagAttributes[i].Name.Memory, tagAttributes[i].Value.Memory);
    }

    public void SetAttribute(string? namespaceUri, StringOrMemory name, StringOrMemory value) => SetOwnAttribute(name, value);

    public void SetOwnAttribute(StringOrMemory name, StringOrMemory value)
    {
        if (Find(name.Memory.Span) is >= 0 and var at)
            _attributes[at] = new LeanAttribute(name.Memory, value.Memory);
        else
            _attributes = [.. _attributes, new LeanAttribute(name.Memory, value.Memory)];
    }

    public StringOrMemory GetAttribute(StringOrMemory namespaceUri, StringOrMemory localName) =>
        Find(localName.Memory.Span) is >= 0 and var at ? new StringOrMemory(_attributes[at].Value) : default;

    public bool HasAttribute(StringOrMemory name) => Find(name.Memory.Span) >= 0;

    public bool SameAs(IConstructableNamedNodeMap? attributes)
    {
        if (attributes is not LeanElement other || other._attributes.Length != _attributes.Length)
            return false;
        foreach (var attribute in _attributes)
            if (other.Find(attribute.Name.Span) is not (>= 0 and var at) || !attribute.Value.Span.SequenceEqual(other._attributes[at].Value.Span))
                return false;
        return true;
    }

    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly)
    {
        if (Tag.HoldsText)
            base.AppendText(text, emitWhiteSpaceOnly);
    }

    public IConstructableNode ShallowCopy()
    {
        Document.Limits.Copied();
        return new LeanElement(Document, Tag) { _attributes = _attributes };
    }

    public void AddComment(ref StructHtmlToken token)
    {
        // Comments are no part of a page's text.
    }

    public void SetupElement()
    {
        // Nothing here acts.
    }

    public void Handle()
    {
        // The charset is known before the parse begins.
    }

    /// <summary>Adds a node in front of the table that is around this element, itself included; inside of a template, or without a table, at the end.</summary>
    public void Foster(IConstructableNode node)
    {
        var at = this;
        while (at.Tag.Name is not ("table" or "template") && at.Parent is LeanElement outer)
            at = outer;
        if (at is { Tag.Name: "table", Parent: { } around })
            around.InsertNode(around.IndexOf(at), node);
        else
            at.AddNode(node);
    }

    private void Gather(System.Text.StringBuilder text)
    {
        foreach (var node in Nodes)
            if (node is LeanText run)
                text.Append(run.Data);
            else if (node is LeanElement element)
                element.Gather(text);
    }

    private int Find(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < _attributes.Length; i++)
            if (_attributes[i].Name.Span.SequenceEqual(name))
                return i;
        return -1;
    }
}

/// <summary>A script; its text is kept where it is data (JSON-LD).</summary>
internal sealed class LeanScript(LeanDocument document, LeanTag tag) : LeanElement(document, tag), IConstructableScriptElement
{
    public bool IsJsonLd => this["type"].Contains("ld+json", StringComparison.OrdinalIgnoreCase);

    public bool Prepare(IConstructableDocument document) => false;

    public Task RunAsync(CancellationToken cancel) => Task.CompletedTask;

    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly)
    {
        if (IsJsonLd)
            Insert(Nodes.Length, new LeanText(text.Memory));
    }
}

/// <summary>A template; what is inside is no part of the page.</summary>
internal sealed class LeanTemplate(LeanDocument document, LeanTag tag) : LeanElement(document, tag), IConstructableTemplateElement
{
    public void PopulateFragment()
    {
        // Its content is read by nobody.
    }
}

internal readonly record struct LeanAttribute(ReadOnlyMemory<char> Name, ReadOnlyMemory<char> Value);
