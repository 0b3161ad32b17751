using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Pipeline.Ports;

namespace Ingest.Storage.Stores;

/// <summary>A feed's entry as it waits in the articles table.</summary>
internal static partial class EntryJson
{
    public static string Write(FeedEntry entry) => JsonSerializer.Serialize(entry, Shape.Default.FeedEntry);

    public static FeedEntry Read(string? json) => json is null ? new FeedEntry() : JsonSerializer.Deserialize(json, Shape.Default.FeedEntry)!;

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(FeedEntry))]
    private sealed partial class Shape : JsonSerializerContext;
}
