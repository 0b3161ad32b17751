using System.Text;

namespace Ingest.Core.Web;

/// <summary>What was the matter with a document's charset.</summary>
internal enum CharsetRepair
{
    None,

    /// <summary>The announced one is unknown.</summary>
    Unknown,

    /// <summary>The announced one cannot have written the bytes.</summary>
    Wrong,

    /// <summary>None is announced and the bytes are not UTF-8.</summary>
    Guessed,

    /// <summary>UTF-8 with foreign bytes in it.</summary>
    Stray,
}

/// <summary>The charset of a document, and its text where that had to be read to tell.</summary>
internal readonly record struct CharsetChoice(Encoding Encoding, CharsetRepair Repair)
{
    /// <summary>Bytes of the byte order mark.</summary>
    public int MarkLength { get; init; }

    public string? Text { get; init; }

    /// <summary>How many characters the document has.</summary>
    public int Count(ReadOnlySpan<byte> bytes) => Text?.Length ?? Encoding.GetCharCount(bytes[MarkLength..]);

    /// <summary>The document's text.</summary>
    public RentedText Rent(ReadOnlySpan<byte> bytes) => Text is { } text ? new RentedText(text) : new RentedText(bytes[MarkLength..], Encoding);
}
