using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Opml;

/// <summary>Gathers outlines in the order of the file. An outline with a feed's address is a feed, any other that holds outlines a folder.</summary>
internal sealed class OpmlOutlines
{
    private const int MostAttributes = 64;
    private const int LongestValue = 4_000;

    /// <summary>Deeper folders count as the last one of these.</summary>
    private const int DeepestFolder = 8;

    private readonly Dictionary<string, string> _namespaces = new(StringComparer.Ordinal);
    private readonly Stack<string?> _open = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<OpmlFeed> _feeds = [];
    private readonly List<OpmlRefusal> _refused = [];
    private readonly List<OpmlRefusal> _repeated = [];

    public string? Title { get; set; }
    public int Count { get; private set; }

    public OpmlDocument Build() => new(Title, _feeds, _refused, _repeated);

    /// <summary>Notes the namespaces that the root declares.</summary>
    public void Declare(ReadOnlySpan<char> tag) => Declare(Attributes(tag));

    public void Open(ReadOnlySpan<char> tag, int line, bool isLeaf)
    {
        Count++;
        var attributes = Attributes(tag);
        Declare(attributes);
        var name = Text(Take(attributes, "text"));
        var title = Text(Take(attributes, "title"));
        var type = Text(Take(attributes, "type"));
        var address = Text(Take(attributes, "xmlUrl")) ?? (IsFeedType(type) ? Text(Take(attributes, "url")) : null);
        var isFolder = address is null && !isLeaf && type is null or "folder";
        if (address is null && !isFolder)
        {
            _refused.Add(new OpmlRefusal(line, name ?? title ?? type ?? "", type == "include" ? "other files are not included" : "it has no address of a feed (xmlUrl)"));
        }
        else if (address is not null)
        {
            // A second name and an unusual type are the file's own; what we take for granted is not kept.
            Keep(attributes, "title", title == name ? null : name is null ? null : title);
            Keep(attributes, "type", IsFeedType(type) ? null : type);
            AddFeed(address, name ?? title, line, attributes);
        }

        if (!isLeaf)
        {
            _open.Push(isFolder ? name ?? title : null);
        }
    }

    public void Close() => _open.TryPop(out _);

    /// <summary>On one line; null when there is nothing.</summary>
    public static string? Text(string? value) =>
        string.Join(' ', (value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text ? text : null;

    private void AddFeed(string address, string? title, int line, Dictionary<string, string> attributes)
    {
        var written = address.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? "http" + address[4..] : address;
        if (!Uri.TryCreate(written, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", Host.Length: > 0 } || address.Any(char.IsControl))
        {
            _refused.Add(new OpmlRefusal(line, title ?? address, $"'{address}' is not an http or https address"));
        }
        else if (!_places.TryAdd(url.AbsoluteUri, _feeds.Count))
        {
            var first = _feeds[_places[url.AbsoluteUri]];
            _feeds[_places[url.AbsoluteUri]] = first with { Tags = [.. first.Tags.Union(Folder())] };
            _repeated.Add(new OpmlRefusal(line, title ?? address, $"{url.AbsoluteUri} is in line {first.Line} already"));
        }
        else
        {
            var site = Text(Take(attributes, "htmlUrl"));
            _feeds.Add(new OpmlFeed(url, title) { Line = line, SiteUrl = site, Tags = Folder(), Attributes = attributes.ToDictionary(pair => Named(pair.Key), pair => pair.Value) });
        }
    }

    /// <summary>The latest word counts: where files declare a prefix twice they do it on the outline that uses it.</summary>
    private void Declare(Dictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes.Where(pair => pair.Key.StartsWith("xmlns:", StringComparison.Ordinal)))
        {
            attributes.Remove(name);
            if (value.Length > 0 && (_namespaces.Count < MostAttributes || _namespaces.ContainsKey(name[6..])))
            {
                _namespaces[name[6..]] = value;
            }
        }
    }

    /// <summary>The one folder it is in; none at the top.</summary>
    private string[] Folder()
    {
        var names = _open.Reverse().OfType<string>().Take(DeepestFolder).ToList();
        return names.Count == 0 ? [] : [string.Join(OpmlFeed.FolderSeparator, names)];
    }

    private string Named(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && _namespaces.TryGetValue(name[..colon], out var space) ? $"{{{space}}}{name[(colon + 1)..]}" : name;

    private static bool IsFeedType(string? type) => type is null || type.Equals("rss", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Attributes(ReadOnlySpan<char> tag)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var attributes = new HtmlAttributes(tag);
        while (attributes.Next() && found.Count < MostAttributes)
        {
            found.TryAdd(attributes.Name.ToString(), XmlReferences.Decode(attributes.Value[..Math.Min(attributes.Value.Length, LongestValue)]));
        }

        return found;
    }

    /// <summary>Programs do not agree on the case of these names.</summary>
    private static string? Take(Dictionary<string, string> attributes, string name)
    {
        var key = attributes.ContainsKey(name) ? name : attributes.Keys.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return key is not null && attributes.Remove(key, out var value) ? value : null;
    }

    private static void Keep(Dictionary<string, string> attributes, string name, string? value)
    {
        if (value is not null)
        {
            attributes[name] = value;
        }
    }
}
