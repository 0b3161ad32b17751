using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Sitemaps;
using Ingest.Core.Feeds.Xml;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds;

/// <summary>Reads a feed of any format from its bytes. Never throws on input; safe for concurrent use.</summary>
public sealed class FeedParser
{
    /// <summary>Controls that neither XML nor JSON allows and that nothing prints.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. ControlCodes.Select(code => (char)code)]);
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create([.. ControlCodes.Select(code => (byte)code)]);

    private readonly FeedLimits _limits;

    public FeedParser(FeedLimits? limits = null) => _limits = limits ?? new FeedLimits();

    private static IEnumerable<int> ControlCodes => Enumerable.Range(0, 32).Except([.. "\t\n\r".Select(c => (int)c)]);

    /// <summary>Parses one document, which may be a sitemap, and packed.</summary>
    public FeedParseOutcome Parse(FeedDocument document) => GzipBody.Unpack(document.Body, SitemapReader.MaxBytes) switch
    {
        null => TooLarge(),
        { } body when !SitemapReader.Recognizes(body.Span) => ParseFeed(document with { Body = body }),
        { Length: > SitemapReader.MaxBytes } => TooLarge(),
        { } body => new FeedParseOutcome.Parsed(SitemapReader.Read(document with { Body = body }, _limits)),
    };

    private FeedParseOutcome ParseFeed(FeedDocument document)
    {
        // Four bytes are the most that one character takes.
        if (document.Body.Length > 4L * _limits.MaxCharacters)
        {
            return TooLarge();
        }

        var choice = Charset.Choose(document.Body.Span, document.ContentType);
        if (document.Body.Length > _limits.MaxCharacters && choice.Count(document.Body.Span) > _limits.MaxCharacters)
        {
            return TooLarge();
        }

        var problems = new ProblemLog();
        NoteCharset(choice.Repair, problems);
        var utf8 = document.Body[choice.MarkLength..];
        if (IsCleanJson(utf8.Span, choice))
        {
            return ParseJson(utf8, choice, Scope(document), problems);
        }

        using var text = choice.Rent(document.Body.Span);
        return Parse(WithoutControls(text.Characters, problems), choice, Scope(document), problems);
    }

    private FeedParseOutcome Parse(ReadOnlyMemory<char> text, CharsetChoice choice, XmlScope scope, ProblemLog problems) => text.Span.TrimStart("\uFEFF \t\r\n") switch
    {
        [] => new FeedParseOutcome.NotAFeed("empty"),
        ['{', ..] => ParseJson(Encoding.UTF8.GetBytes(text.Span.TrimStart('\uFEFF').ToArray()), choice, scope, problems),
        _ => ParseXml(text, choice, scope, problems),
    };

    private static FeedParseOutcome.NotAFeed TooLarge() => new("larger than the limit");

    /// <summary>What the document inherits from HTTP.</summary>
    private static XmlScope Scope(FeedDocument document)
    {
        var location = FeedUrls.Resolve(document.Url, document.ContentLocation);
        var isUsable = location is { Scheme: "http" or "https" };
        return new XmlScope(isUsable ? location : document.Url, document.ContentLanguage?.Split(',')[0].Trim());
    }

    /// <summary>JSON that can be read as it came.</summary>
    private static bool IsCleanJson(ReadOnlySpan<byte> bytes, CharsetChoice choice) =>
        choice.Encoding.CodePage == Encoding.UTF8.CodePage && bytes.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && bytes.IndexOfAny(ControlBytes) < 0
        && (choice is { MarkLength: 0, Repair: not CharsetRepair.Stray } || Utf8.IsValid(bytes));

    private FeedParseOutcome ParseJson(ReadOnlyMemory<byte> utf8, CharsetChoice choice, XmlScope scope, ProblemLog problems) =>
        JsonFeed.Read(utf8, scope, _limits, problems) is { } feed
            ? Parsed(feed, choice, problems, problems.HasPlaces ? Encoding.UTF8.GetString(utf8.Span) : "")
            : new FeedParseOutcome.NotAFeed("JSON, but no JSON Feed");

    private FeedParseOutcome ParseXml(ReadOnlyMemory<char> text, CharsetChoice choice, XmlScope scope, ProblemLog problems)
    {
        text = InternalEntities.Expand(text);
        var tree = XmlTreeReader.Read(text, scope, _limits, problems);
        if (tree.TooDeep)
        {
            return new FeedParseOutcome.NotAFeed("nested more deeply than the limit");
        }

        var root = tree.Root is null ? null : FeedRoot.Find(tree.Root);
        return root is null
            ? new FeedParseOutcome.NotAFeed(tree.Root is null ? "no markup" : $"its root element is <{tree.Root.Name}>")
            : Parsed(FeedRoot.Read(root, _limits, problems), choice, problems, text.Span);
    }

    private static FeedParseOutcome.Parsed Parsed(ParsedFeed feed, CharsetChoice choice, ProblemLog problems, ReadOnlySpan<char> text) =>
        new(feed with { Encoding = choice.Encoding.WebName, Malformed = problems.IsMalformed, Problems = problems.List(text) });

    private static void NoteCharset(CharsetRepair repair, ProblemLog problems)
    {
        FeedProblemKind? kind = repair switch
        {
            CharsetRepair.Unknown => FeedProblemKind.UnknownCharset,
            CharsetRepair.Wrong => FeedProblemKind.WrongCharset,
            CharsetRepair.Guessed => FeedProblemKind.GuessedCharset,
            CharsetRepair.Stray => FeedProblemKind.StrayBytes,
            _ => null,
        };
        if (kind is { } known)
        {
            problems.Note(known);
        }
    }

    private static ReadOnlyMemory<char> WithoutControls(ReadOnlyMemory<char> text, ProblemLog problems)
    {
        var first = text.Span.IndexOfAny(Controls);
        if (first < 0 && text.Span.IndexOfAny('\uFFFE', '\uFFFF') < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var c in text.Span)
        {
            if (c is '\uFFFE' or '\uFFFF' || Controls.Contains(c))
            {
                problems.At(clean.Length, FeedProblemKind.ControlCharacters);
            }
            else
            {
                clean.Append(c);
            }
        }

        return clean.ToString().AsMemory();
    }
}
