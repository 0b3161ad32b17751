using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Output;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.Core.Articles.Extraction;

/// <summary>The one walk of a page: from a tree to blocks in document order, the regions around them, and what metadata stands in the body.</summary>
internal sealed class BlockWalker
{
    private const int MostNumbered = 40;

    private readonly SiteMarks? _site;
    private readonly BlockTrace? _trace;
    private readonly BlockWriter _writer;
    private readonly MarkupHints _hints = new();
    private readonly List<SeenImage> _images = [];
    private readonly List<SeenTime> _times = [];
    private readonly List<SeenProperty> _properties = [];
    private readonly List<ReadOnlyMemory<char>> _jsonLd = [];
    private readonly List<string> _numbered = [];
    private readonly List<Region> _chosen = [];
    private readonly List<SiteCut> _cuts = [];

    private BlockWalker(SiteMarks? site, BlockTrace? trace) => (_site, _trace, _writer) = (site, trace, new BlockWriter(trace));

    /// <param name="document">The page.</param>
    /// <param name="site">What a site's rules say of the page; null without rules.</param>
    /// <param name="trace">Learns the blocks' markup; null when nobody asks.</param>
    public static PageScan Scan(LeanDocument document, SiteMarks? site = null, BlockTrace? trace = null)
    {
        var walker = new BlockWalker(site, trace);
        if (document.Head is { } head)
            walker.Scripts(head);
        if (document.Body is { } body)
        {
            if (site?.Chooses(body) == true)
                walker._chosen.Add(walker._writer.Region);
            walker.Children(body);
        }
        var (blocks, regions) = walker._writer.Finish();
        return new PageScan(blocks, regions)
        {
            Images = walker._images,
            Times = walker._times,
            Properties = walker._properties,
            JsonLd = walker._jsonLd,
            Numbered = walker._numbered,
            Chosen = walker._chosen,
            Cuts = walker._cuts,
        };
    }

    private void Scripts(LeanElement parent)
    {
        for (var node = parent.First; node is not null; node = node.Next)
            if (node is LeanScript script)
                Script(script);
    }

    private void Children(LeanElement parent)
    {
        for (var node = parent.First; node is not null; node = node.Next)
            if (node is LeanText text)
                _writer.Append(text.Data);
            else if (node is LeanElement element)
                Element(element);
    }

    private void Element(LeanElement element)
    {
        var tag = element.Tag.Name;
        _trace?.Enter(element);
        switch (element.Tag.Role)
        {
            case var _ when _site is not null && IsDone(element, _site):
                break;
            case TagRole.Skipped:
                if (element is LeanScript script)
                    Script(script);
                else if (tag == "meta")
                    Properties(element, tag);
                break;
            case TagRole.Break:
                _writer.Break();
                break;
            case TagRole.Rule:
                _writer.Flush();
                break;
            case TagRole.Image:
                _images.Add(new SeenImage(element, _writer.Region, _writer.Count));
                break;
            case TagRole.Inline:
                Inline(element, tag);
                break;
            default:
                Container(element, tag);
                break;
        }
        _trace?.Leave();
    }

    // What a site's rules choose is a region of its own, whatever element it is; what they cut is not walked.
    private bool IsDone(LeanElement element, SiteMarks site)
    {
        if (site.Cuts(element))
        {
            if (element.Tag.Role != TagRole.Inline)
                _writer.Flush();
            if (ElementText.Of(element) is { Length: > 0 } text)
                _cuts.Add(new SiteCut(text, _writer.Region, _writer.Count));
            return true;
        }
        if (!site.Chooses(element))
            return false;
        var mark = _writer.Enter(element, hint: null, isBody: true);
        _chosen.Add(_writer.Region);
        Children(element);
        _writer.Leave(mark);
        return true;
    }

    private void Inline(LeanElement element, string tag)
    {
        Properties(element, tag);
        if (tag == "a")
        {
            Number(element);
            _writer.OpenLink();
            Children(element);
            _writer.CloseLink();
        }
        else if (tag is "b" or "strong")
        {
            _writer.OpenBold();
            Children(element);
            _writer.CloseBold();
        }
        else if (element.HasAttributes && StandsAlone(element) && _hints.Of(element).Residue is { } hint)
        {
            var mark = _writer.Enter(element, hint, isBody: false);
            Children(element);
            _writer.Leave(mark);
        }
        else if (!MarkupHints.IsHidden(element))
        {
            Children(element);
        }
    }

    private void Container(LeanElement element, string tag)
    {
        Properties(element, tag);
        var (hint, isBody) = _hints.Of(element);
        var mark = _writer.Enter(element, hint, isBody);
        Children(element);
        _writer.Leave(mark);
    }

    // Inside of a sentence a class cannot make a span residue: "share" may be what the sentence is about.
    private static bool StandsAlone(LeanElement element) =>
        (element.Parent as LeanElement)?.Tag.Name is not ("p" or "li" or "td" or "h1" or "h2" or "h3" or "h4" or "blockquote" or "b" or "strong" or "em" or "i" or "a" or "span");

    private void Number(LeanElement link)
    {
        if (_numbered.Count < MostNumbered && (link[AttributeKey.Rel] is "next" || (link.First is LeanText { Next: null } only && only.Data.Trim() is { Length: 1 or 2 } number && !number.ContainsAnyExceptInRange('0', '9')))
            && link.GetAttribute(AttributeKey.Href) is { } address)
            _numbered.Add(address);
    }

    private void Script(LeanScript script)
    {
        if (script.IsJsonLd)
            _jsonLd.Add(script.Data);
    }

    private void Properties(LeanElement element, string tag)
    {
        if (!element.HasAttributes)
            return;
        if (tag == "time" && (element.GetAttribute(AttributeKey.DateTime) ?? element.GetAttribute(AttributeKey.Content)) is { Length: > 0 } time)
            _times.Add(new SeenTime(time, element.GetAttribute(AttributeKey.ItemProp) ?? (element.HasAttribute(AttributeKey.PubDate) ? "datePublished" : null), _writer.Region, _writer.Count));
        if (MetadataName(element, tag) is { } name)
            Property(name, ValueOf(element, name));
        else if (_hints.NamesAuthor(element))
            Property("byline", ShortText.Of(element));
        else if (_writer.IsInHeading && MarkupHints.IsKicker(element))
            Property("kicker", ShortText.Of(element));
    }

    private static string? MetadataName(LeanElement element, string tag) =>
        element.HasAttribute(AttributeKey.ItemProp) ? Tags.MetadataProperty(element[AttributeKey.ItemProp]) : tag == "a" ? Tags.MetadataRelation(element[AttributeKey.Rel]) : null;

    private void Property(string name, string? value)
    {
        if (value?.Trim() is { Length: > 0 and < ShortText.Longest } text)
            _properties.Add(new SeenProperty(name, text, _writer.Region, _writer.Count));
    }

    private static string? ValueOf(LeanElement element, string name) =>
        name == "license" ? element.GetAttribute(AttributeKey.Href) : element.GetAttribute(AttributeKey.Content) ?? element.GetAttribute(AttributeKey.DateTime)
        ?? (name is "author" or "creator" or "publisher" && element.HasAttribute(AttributeKey.ItemScope) ? ShortText.OfName(element) : null) ?? ShortText.Of(element);
}
