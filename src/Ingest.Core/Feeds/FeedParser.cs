using System.Buffers;
using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds;

/// <summary>Reads a feed of any format from its bytes. Never throws on input; safe for concurrent use.</summary>
public sealed class FeedParser
{
    /// <summary>Controls that XML does not allow and that nothing prints.</summary>
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c).Except("\t\n\r"), '\uFFFE', '\uFFFF']);

    private readonly FeedLimits _limits;

    public FeedParser(FeedLimits? limits = null) => _limits = limits ?? new FeedLimits();

    /// <summary>Parses one document.</summary>
    public FeedParseOutcome Parse(FeedDocument document)
    {
        // Four bytes are the most that one character takes.
        if (document.Body.Length > 4L * _limits.MaxCharacters)
        {
            return new FeedParseOutcome.NotAFeed("larger than the limit");
        }

        var decoded = Charset.Decode(document.Body.Span, document.ContentType);
        if (decoded.Text.Length > _limits.MaxCharacters)
        {
            return new FeedParseOutcome.NotAFeed("larger than the limit");
        }

        var text = WithoutControls(decoded.Text);
        var malformed = decoded.Repaired || text.Length != decoded.Text.Length;
        return text.AsSpan().TrimStart("\uFEFF \t\r\n") switch
        {
            [] => new FeedParseOutcome.NotAFeed("empty"),
            ['{', ..] => ParseJson(text, decoded.Charset, malformed, Scope(document)),
            _ => ParseXml(text, decoded.Charset, malformed, Scope(document)),
        };
    }

    /// <summary>What the document inherits from HTTP.</summary>
    private static XmlScope Scope(FeedDocument document)
    {
        var location = FeedUrls.Resolve(document.Url, document.ContentLocation);
        var isUsable = location is { Scheme: "http" or "https" };
        return new XmlScope(isUsable ? location : document.Url, document.ContentLanguage?.Split(',')[0].Trim());
    }

    private FeedParseOutcome ParseJson(string text, string charset, bool malformed, XmlScope scope) =>
        JsonFeed.Read(text, charset, malformed, scope, _limits) is { } feed
            ? new FeedParseOutcome.Parsed(feed)
            : new FeedParseOutcome.NotAFeed("JSON, but no JSON Feed");

    private FeedParseOutcome ParseXml(string text, string charset, bool malformed, XmlScope scope)
    {
        var tree = XmlTreeReader.Read(text, scope, _limits.MaxDepth);
        if (tree.TooDeep)
        {
            return new FeedParseOutcome.NotAFeed("nested more deeply than the limit");
        }

        var root = tree.Root is null ? null : FeedRoot.Find(tree.Root);
        if (root is null)
        {
            return new FeedParseOutcome.NotAFeed(tree.Root is null ? "no markup" : $"its root element is <{tree.Root.Name}>");
        }

        return new FeedParseOutcome.Parsed(FeedRoot.Read(root, charset, malformed || tree.Malformed, _limits));
    }

    private static string WithoutControls(string text) =>
        text.AsSpan().IndexOfAny(Controls) < 0 ? text : string.Concat(text.Where(c => !Controls.Contains(c)));
}
