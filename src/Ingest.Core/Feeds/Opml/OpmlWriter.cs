using System.Globalization;
using System.Text;
using System.Xml;

namespace Ingest.Core.Feeds.Opml;

/// <summary>Writes OPML 2.0 that <see cref="OpmlReader"/> reads back as it was.</summary>
public static class OpmlWriter
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>A feed stands in each of its folders, and at the top when it is in none.</summary>
    public static byte[] Write(string title, DateTimeOffset created, IEnumerable<OpmlFeed> feeds)
    {
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, Settings))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", Clean(title));
            xml.WriteElementString("dateCreated", created.UtcDateTime.ToString("r", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            Write(xml, Folder.Of(feeds));
        }

        return body.ToArray();
    }

    /// <summary>As deep as folders are nested, which <see cref="OpmlOutlines"/> bounds; what was set by hand is bounded by <see cref="Folder"/>.</summary>
    private static void Write(XmlWriter xml, Folder folder)
    {
        foreach (var (name, child) in folder.Children)
        {
            xml.WriteStartElement("outline");
            xml.WriteAttributeString("text", Clean(name));
            Write(xml, child);
            xml.WriteEndElement();
        }

        foreach (var feed in folder.Feeds)
        {
            Write(xml, feed);
        }
    }

    private static void Write(XmlWriter xml, OpmlFeed feed)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("text", Clean(feed.Title ?? feed.Url.AbsoluteUri));
        xml.WriteAttributeString("type", Clean(feed.Attributes.GetValueOrDefault("type") ?? "rss"));
        xml.WriteAttributeString("xmlUrl", Clean(feed.Url.AbsoluteUri));
        if (feed.SiteUrl is { } site)
        {
            xml.WriteAttributeString("htmlUrl", Clean(site));
        }

        foreach (var (name, value) in feed.Attributes.Where(pair => pair.Key is not ("text" or "type" or "xmlUrl" or "htmlUrl")))
        {
            WriteAttribute(xml, name, Clean(value));
        }

        xml.WriteEndElement();
    }

    /// <summary>A name that XML does not have was a fault of the file it came from, and is left out.</summary>
    private static void WriteAttribute(XmlWriter xml, string name, string value)
    {
        var end = name.StartsWith('{') ? name.IndexOf('}', StringComparison.Ordinal) : -1;
        var (space, local) = end > 1 ? (Clean(name[1..end]), name[(end + 1)..]) : (null, name);
        if (local.Length > 0 && XmlReader.IsName(local) && !local.Contains(':', StringComparison.Ordinal) && !local.StartsWith("xml", StringComparison.OrdinalIgnoreCase))
        {
            xml.WriteAttributeString(local, space, value);
        }
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF)))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private sealed class Folder
    {
        private const int Deepest = 16;

        public SortedDictionary<string, Folder> Children { get; } = new(StringComparer.Ordinal);
        public List<OpmlFeed> Feeds { get; } = [];

        public static Folder Of(IEnumerable<OpmlFeed> feeds)
        {
            var root = new Folder();
            foreach (var feed in feeds)
            {
                foreach (var tag in feed.Tags.DefaultIfEmpty(""))
                {
                    root.At(tag.Split(OpmlFeed.FolderSeparator, Deepest, StringSplitOptions.RemoveEmptyEntries)).Feeds.Add(feed);
                }
            }

            return root;
        }

        private Folder At(IEnumerable<string> path)
        {
            var folder = this;
            foreach (var name in path)
            {
                if (!folder.Children.TryGetValue(name, out var child))
                {
                    folder.Children.Add(name, child = new Folder());
                }

                folder = child;
            }

            return folder;
        }
    }
}
