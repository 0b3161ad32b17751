using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Discovery;

/// <summary>The attributes of a tag that make it a link, in any order and quoting; of one that comes twice the first counts, as in HTML.</summary>
internal readonly ref struct LinkAttributes
{
    public LinkAttributes(ReadOnlySpan<char> tag)
    {
        var attributes = new HtmlAttributes(tag);
        while (attributes.Next())
        {
            if (Is(attributes.Name, "rel"))
            {
                Rel ??= XmlReferences.Decode(attributes.Value);
            }
            else if (Is(attributes.Name, "type"))
            {
                Type ??= XmlReferences.Decode(attributes.Value);
            }
            else if (Is(attributes.Name, "href"))
            {
                Href ??= XmlReferences.Decode(attributes.Value);
            }
            else if (Is(attributes.Name, "title"))
            {
                Title ??= XmlReferences.Decode(attributes.Value);
            }
        }
    }

    public string? Rel { get; }
    public string? Type { get; }
    public string? Href { get; }
    public string? Title { get; }

    private static bool Is(ReadOnlySpan<char> name, string attribute) => name.Equals(attribute, StringComparison.OrdinalIgnoreCase);
}
