using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>
/// Walks through JSON once, from value to value. What is broken or cut short ends all that is open, as if it had been closed there. Passed by reference, copied to come back to a place.
/// </summary>
internal ref struct JsonWalk(ReadOnlyMemory<byte> utf8, FeedLimits limits, ProblemLog problems)
{
    private const int LongestName = 32;

    /// <summary>Bytes; so short a text may be nothing but white space, and is soon decoded.</summary>
    private const int ShortText = 64;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true };

    private readonly ReadOnlyMemory<byte> _utf8 = utf8;
    private readonly char[] _name = new char[LongestName];
    private Utf8JsonReader _reader = new(utf8.Span, Lenient);
    private int _nameLength;

    /// <summary>The name of the member at hand, empty when it is longer than any that is known.</summary>
    public readonly ReadOnlySpan<char> Name => _name.AsSpan(0, _nameLength);

    public readonly bool IsObject => !IsBroken && _reader.TokenType == JsonTokenType.StartObject;
    public readonly bool IsArray => !IsBroken && _reader.TokenType == JsonTokenType.StartArray;

    private bool IsBroken { get; set; }

    /// <summary>Moves to the document's one value; false when there is none.</summary>
    public bool Begin() => Read();

    /// <summary>Moves to the value of the next member of the object that was entered; false at its end.</summary>
    public bool NextMember()
    {
        if (!Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        _nameLength = _reader.ValueSpan.Length <= LongestName && Ascii.ToUtf16(_reader.ValueSpan, _name, out var length) == OperationStatus.Done ? length : 0;
        return Read();
    }

    /// <summary>Moves to the next value of the array that was entered; false at its end.</summary>
    public bool NextElement() => Read() && _reader.TokenType != JsonTokenType.EndArray;

    /// <summary>The text of the value at hand, trimmed; null when it is empty or no text. What it holds otherwise is passed over.</summary>
    public string? Text()
    {
        var text = _reader.TokenType switch
        {
            JsonTokenType.String => String(),
            // Feeds number their items and give sizes as fractions now and then.
            JsonTokenType.Number => _reader.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Encoding.ASCII.GetString(_reader.ValueSpan),
            _ => "",
        };
        Skip();
        return text.Length == 0 ? null : text;
    }

    /// <summary>The text of the value at hand as one that is decoded later, unless it is short.</summary>
    public FeedText? Later(bool isHtml, XmlScope scope)
    {
        if (_reader.TokenType != JsonTokenType.String || _reader.ValueSpan.Length < ShortText || _reader.ValueSpan.Length > limits.MaxTextLength)
        {
            return FeedTexts.Of(Text(), isHtml, scope);
        }

        var json = _utf8[(int)_reader.TokenStartIndex..(int)_reader.BytesConsumed];
        return new FeedText(json, string.IsNullOrEmpty(scope.Language) ? null : scope.Language, isHtml, scope.Base);
    }

    /// <summary>Passes over what the value at hand holds.</summary>
    public void Skip()
    {
        if (!IsObject && !IsArray)
        {
            return;
        }

        var depth = _reader.CurrentDepth;
        while (Read() && _reader.CurrentDepth > depth)
        {
        }
    }

    private string String()
    {
        try
        {
            var text = _reader.GetString()!.Trim();
            if (text.Length <= limits.MaxTextLength)
            {
                return text;
            }

            problems.Note(FeedProblemKind.TextTooLong);
            return text[..limits.Cut(text)];
        }
        catch (InvalidOperationException)
        {
            // The string holds half of a surrogate pair and cannot be read.
            problems.At(Offset(), FeedProblemKind.BrokenJson);
            return "";
        }
    }

    private bool Read()
    {
        try
        {
            return !IsBroken && _reader.Read();
        }
        catch (JsonException)
        {
            IsBroken = true;
            problems.At(Offset(), FeedProblemKind.BrokenJson);
            return false;
        }
    }

    private readonly int Offset() => Encoding.UTF8.GetCharCount(_utf8.Span[..(int)_reader.BytesConsumed]);
}
