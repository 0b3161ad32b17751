namespace Ingest.Core.Feeds;

/// <summary>What was wrong with a feed, and where: what had to be mended, and what is lost.</summary>
/// <param name="Kind">What was wrong.</param>
/// <param name="Count">How often.</param>
/// <param name="Places">Where, the first ten times; empty for the feed as a whole.</param>
public sealed record FeedProblem(FeedProblemKind Kind, int Count, IReadOnlyList<ProblemPlace> Places);

/// <summary>
/// A place in a feed: in its markup a line and a column, both from 1, counted in the text as it was read; in what it says the entry's index, from 0.
/// </summary>
public readonly record struct ProblemPlace(int? Line, int? Column, int? Entry);

/// <summary>The kinds of problems. Those of the first group make the document malformed.</summary>
public enum FeedProblemKind
{
    /// <summary>The charset that HTTP or the document names is not known; another was found.</summary>
    UnknownCharset,

    /// <summary>The charset that HTTP or the document names cannot have written the bytes; another was found.</summary>
    WrongCharset,

    /// <summary>No charset is named and the bytes are not UTF-8; one was guessed.</summary>
    GuessedCharset,

    /// <summary>Single bytes or characters that the charset does not have; read as windows-1252, or lost.</summary>
    StrayBytes,

    /// <summary>Control characters that the format forbids; taken out.</summary>
    ControlCharacters,

    /// <summary>Something stands before the XML declaration or the root element; passed over.</summary>
    LeadingJunk,

    /// <summary>Text after the root element; passed over.</summary>
    TrailingJunk,

    /// <summary>A second root element; its content was added to the first.</summary>
    SecondRoot,

    /// <summary>The document ends before its elements do; what came before is kept.</summary>
    CutShort,

    /// <summary>An ampersand that begins no reference; taken for itself.</summary>
    BareAmpersand,

    /// <summary>A "&lt;" that begins no tag; taken for itself.</summary>
    BareAngleBracket,

    /// <summary>An entity that XML does not have and the document does not declare; HTML's meaning was taken, and what HTML does not know stays as it stands.</summary>
    UndefinedEntity,

    /// <summary>An element that is not closed, or not in its place; closed where it must have ended.</summary>
    MissingEndTag,

    /// <summary>An end tag that closes nothing; passed over.</summary>
    StrayEndTag,

    /// <summary>A tag that is broken by another, or holds what is no attribute.</summary>
    BrokenTag,

    /// <summary>An attribute without a value or without quotes.</summary>
    UnquotedAttribute,

    /// <summary>A namespace prefix that nothing declares; taken for what feeds mean by it.</summary>
    UndeclaredPrefix,

    /// <summary>JSON that is broken or ends too soon; what came before is kept.</summary>
    BrokenJson,

    /// <summary>The document has a DTD; nothing of it is fetched, and only plain texts of its entities are used.</summary>
    DtdIgnored,

    /// <summary>A date that cannot be read, or could be read in two ways; left out.</summary>
    UnreadableDate,

    /// <summary>An entry with neither an id nor a link of its own; see <see cref="ParsedEntry.Key"/>.</summary>
    MissingId,

    /// <summary>An id that another entry has too; see <see cref="ParsedEntry.Key"/>.</summary>
    DuplicateId,

    /// <summary>A title that was escaped once too often; mended.</summary>
    DoubleEscapedTitle,

    /// <summary>A reference without a base address; kept as it stands.</summary>
    RelativeAddress,

    /// <summary>More entries than <see cref="FeedLimits.MaxEntries"/>; the later ones are left out.</summary>
    TooManyEntries,

    /// <summary>A text longer than <see cref="FeedLimits.MaxTextLength"/>; its beginning is kept.</summary>
    TextTooLong,

    /// <summary>An attribute longer than <see cref="FeedLimits.MaxAttributeLength"/>; left out.</summary>
    AttributeTooLong,
}
