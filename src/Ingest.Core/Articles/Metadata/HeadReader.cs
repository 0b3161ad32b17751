using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.Metadata;

/// <summary>One walk of the head: meta elements by name, links by relation, the title element.</summary>
internal sealed class HeadReader
{
    private readonly Dictionary<string, List<string>> _metas = new(StringComparer.OrdinalIgnoreCase);

    private HeadReader() { }

    public string? Title { get; private set; }
    public string? Canonical { get; private set; }
    public string? License { get; private set; }
    public string? Next { get; private set; }
    public string? Amp { get; private set; }
    public string? Print { get; private set; }
    public string? Language { get; private set; }

    private string? Base { get; set; }

    public static HeadReader Read(LeanDocument document)
    {
        var head = new HeadReader { Language = document.Root?.GetAttribute(AttributeKey.Lang) ?? document.Root?.GetAttribute(AttributeKey.XmlLang) };
        head.Walk(document.Head);
        // Markup errors in a head move the rest of it to the top of the body.
        head.Walk(document.Body);
        return head;
    }

    /// <summary>What the page's own addresses are relative to (HTML, 4.2.3): the first base element, or the page.</summary>
    public Uri? BaseOf(Uri? page) => MetadataReader.Address(Base, page) ?? page;

    /// <summary>The first value of the first of these names that has one.</summary>
    public string? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_metas.TryGetValue(name, out var values))
                return values[0];
        return null;
    }

    public IReadOnlyList<string> Metas(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_metas.TryGetValue(name, out var values))
                return values;
        return [];
    }

    private void Walk(LeanElement? parent)
    {
        if (parent is null)
            return;
        for (var node = parent.First; node is not null; node = node.Next)
            if (node is LeanElement element)
                Take(element);
    }

    private void Take(LeanElement element)
    {
        switch (element.Tag.Name)
        {
            case "meta" when element.GetAttribute(AttributeKey.Content)?.Trim() is { Length: > 0 } content:
                Add(element.GetAttribute(AttributeKey.Property), content);
                Add(element.GetAttribute(AttributeKey.Name), content);
                Add(element.GetAttribute(AttributeKey.ItemProp), content);
                Add(element.GetAttribute(AttributeKey.HttpEquiv), content);
                break;
            case "base":
                Base ??= element.GetAttribute(AttributeKey.Href);
                break;
            case "title":
                Title ??= element.TextContent.Trim() is { Length: > 0 } text ? text : null;
                break;
            case "link" when element.GetAttribute(AttributeKey.Rel) is { } relation:
                Link(relation.ToLowerInvariant(), element);
                break;
            default:
                break;
        }
    }

    private void Link(string relation, LeanElement element)
    {
        switch (relation)
        {
            case "canonical":
                Canonical ??= element.GetAttribute(AttributeKey.Href);
                break;
            case "license":
                License ??= element.GetAttribute(AttributeKey.Href);
                break;
            case "next":
                Next ??= element.GetAttribute(AttributeKey.Href);
                break;
            case "amphtml":
                Amp ??= element.GetAttribute(AttributeKey.Href);
                break;
            case "alternate" when element[AttributeKey.Media] is "print":
                Print ??= element.GetAttribute(AttributeKey.Href);
                break;
            default:
                break;
        }
    }

    private void Add(string? name, string content)
    {
        if (string.IsNullOrEmpty(name))
            return;
        if (!_metas.TryGetValue(name, out var values))
            _metas[name] = values = [];
        if (values.Count < 50)
            values.Add(content);
    }
}
