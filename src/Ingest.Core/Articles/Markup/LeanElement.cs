using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Markup;

/// <summary>An element: its tag, its children, and those of its attributes that <see cref="LeanAttributes"/> keeps.</summary>
internal class LeanElement(LeanDocument document, LeanTag tag)
    : LeanParent, IConstructableMetaElement, IConstructableFormElement, IConstructableFrameElement, IConstructableMathElement, IConstructableSvgElement, IConstructableNamedNodeMap
{
    private LeanAttribute[] _attributes = [];

    // A bit for each key that is there; and what tells apart the attributes that are not kept, for the tree builder compares them.
    private uint _keys;
    private int _others;

    protected override LeanDocument Document { get; } = document;

    public LeanTag Tag { get; } = tag;

    /// <summary>Elements around this one; a moved element keeps the number until it is moved again, and its children theirs.</summary>
    public ushort Depth { get; set; }

    /// <summary>This element or one around it is of those that the tree builder may move about later; set when it was added first.</summary>
    public bool IsInFormatting { get; set; }

    public override NodeFlags Flags => Tag.Flags;

    public override StringOrMemory NodeName => Tag.Name;

    public StringOrMemory LocalName
    {
        get
        {
            if (Tag.IsTablePart)
                Document.Asked = this;
            return Tag.Name;
        }
    }

    public StringOrMemory NamespaceUri => Tag.Namespace;

    public StringOrMemory Prefix => StringOrMemory.Empty;

    // Nobody asks where an element stood.
    public ISourceReference? SourceReference { get => null; set { } }

    public IConstructableNamedNodeMap Attributes => this;

    int IConstructableNamedNodeMap.Length => _attributes.Length;

    IConstructableAttr? IConstructableNamedNodeMap.this[StringOrMemory name] => throw new NotSupportedException();

    /// <summary>An attribute's value; empty when there is none, or it is empty.</summary>
    public ReadOnlySpan<char> this[AttributeKey key] => HasAttribute(key) ? _attributes[Find(key)].Value.Span : default;

    /// <inheritdoc cref="this[AttributeKey]"/>
    public ReadOnlyMemory<char> ValueOf(AttributeKey key) => HasAttribute(key) ? _attributes[Find(key)].Value : default;

    /// <summary>An attribute's value; null when there is none.</summary>
    public string? GetAttribute(AttributeKey key) => HasAttribute(key) ? _attributes[Find(key)].Value.ToString() : null;

    public bool HasAttribute(AttributeKey key) => (_keys & 1u << (int)key) != 0;

    public bool HasAttributes => _keys != 0;

    /// <summary>Everything that is written inside, tags left out.</summary>
    public string TextContent
    {
        get
        {
            if (First is LeanText { Next: null } only)
                return only.Data.ToString();
            var text = new System.Text.StringBuilder();
            Gather(text);
            return text.ToString();
        }
    }

    public void SetAttributes(StructAttributes tagAttributes)
    {
        var (next, count) = (_attributes.Length, Kept(tagAttributes));
        if (count > 0)
            Array.Resize(ref _attributes, next + count);
        for (var i = 0; i < tagAttributes.Count; i++)
        {
            var attribute = tagAttributes[i];
            var name = attribute.Name.Memory.Span;
            if (LeanAttributes.KeyOf(name) is not AttributeKey.None and var key)
                Keep(next++, key, attribute.Value.Memory);
            else
                _others += HashCode.Combine(string.GetHashCode(name), string.GetHashCode(attribute.Value.Memory.Span));
        }
    }

    public void SetAttribute(string? namespaceUri, StringOrMemory name, StringOrMemory value) => SetOwnAttribute(name, value);

    public void SetOwnAttribute(StringOrMemory name, StringOrMemory value)
    {
        var key = LeanAttributes.KeyOf(name.Memory.Span);
        if (key is AttributeKey.None)
            return;
        if (!HasAttribute(key))
            Array.Resize(ref _attributes, _attributes.Length + 1);
        Keep(HasAttribute(key) ? Find(key) : _attributes.Length - 1, key, value.Memory);
    }

    public StringOrMemory GetAttribute(StringOrMemory namespaceUri, StringOrMemory localName) =>
        LeanAttributes.KeyOf(localName.Memory.Span) is var key && HasAttribute(key) ? new StringOrMemory(_attributes[Find(key)].Value) : default;

    public bool HasAttribute(StringOrMemory name) => HasAttribute(LeanAttributes.KeyOf(name.Memory.Span));

    public bool SameAs(IConstructableNamedNodeMap? attributes)
    {
        if (attributes is not LeanElement other || other._keys != _keys || other._others != _others)
            return false;
        foreach (var attribute in _attributes)
            if (!attribute.Value.Span.SequenceEqual(other[attribute.Key]))
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
        return new LeanElement(Document, Tag) { _attributes = _attributes, _keys = _keys, _others = _others };
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
            around.InsertBefore(at, (LeanNode)node);
        else
            at.AddNode(node);
    }

    protected override bool IsUnseen(ReadOnlySpan<char> text) =>
        text.IsWhiteSpace() && !IsInFormatting && (Tag.Role is TagRole.Skipped || (Tag is { Role: TagRole.Container, Name: not "pre" } && (Last is null || EndsLine(Last))));

    // Of the other elements only what is kept has come so far.
    private int Kept(StructAttributes attributes)
    {
        if (!Tag.IsFormatting)
            return attributes.Count;
        var kept = 0;
        for (var i = 0; i < attributes.Count; i++)
            kept += LeanAttributes.KeyOf(attributes[i].Name.Memory.Span) is AttributeKey.None ? 0 : 1;
        return kept;
    }

    private void Gather(System.Text.StringBuilder text)
    {
        for (var node = First; node is not null; node = node.Next)
            if (node is LeanText run)
                text.Append(run.Data);
            else if (node is LeanElement element)
                element.Gather(text);
    }

    private void Keep(int at, AttributeKey key, ReadOnlyMemory<char> value)
    {
        _attributes[at] = new LeanAttribute(key, value);
        _keys |= 1u << (int)key;
    }

    private int Find(AttributeKey key)
    {
        var at = 0;
        while (_attributes[at].Key != key)
            at++;
        return at;
    }
}

/// <summary>A script; its text is kept where it is data (JSON-LD).</summary>
internal sealed class LeanScript(LeanDocument document, LeanTag tag) : LeanElement(document, tag), IConstructableScriptElement
{
    /// <summary>What is written inside.</summary>
    public ReadOnlyMemory<char> Data => First is LeanText { Next: null } only ? only.Memory : TextContent.AsMemory();

    public bool IsJsonLd => this[AttributeKey.Type].Contains("ld+json", StringComparison.OrdinalIgnoreCase);

    public bool Prepare(IConstructableDocument document) => false;

    public Task RunAsync(CancellationToken cancel) => Task.CompletedTask;

    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly)
    {
        if (IsJsonLd)
            AddNode(new LeanText(text.Memory));
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

internal readonly record struct LeanAttribute(AttributeKey Key, ReadOnlyMemory<char> Value);
