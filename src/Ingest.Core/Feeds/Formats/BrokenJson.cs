using System.Text.Json;

namespace Ingest.Core.Feeds.Formats;

/// <summary>JSON that is cut short or broken somewhere: what came before is kept.</summary>
internal static class BrokenJson
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The document up to the last value that is whole, closed there; and how much of it that is.</summary>
    public static (byte[] Json, int Length) Beginning(ReadOnlySpan<byte> utf8)
    {
        var closers = new Stack<byte>();
        var (length, whole) = (0, Array.Empty<byte>());
        var reader = new Utf8JsonReader(utf8, isFinalBlock: false, new JsonReaderState(Lenient));
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        closers.Push((byte)'}');
                        continue;
                    case JsonTokenType.StartArray:
                        closers.Push((byte)']');
                        continue;
                    case JsonTokenType.PropertyName:
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        closers.Pop();
                        break;
                }

                (length, whole) = ((int)reader.BytesConsumed, closers.ToArray());
            }
        }
        catch (JsonException)
        {
            // Here it breaks off.
        }

        return ([.. utf8[..length], .. whole], length);
    }
}
