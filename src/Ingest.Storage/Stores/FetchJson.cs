using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Pipeline.Fetching;

namespace Ingest.Storage.Stores;

/// <summary>How a feed is asked, and what was asked, as they wait in their tables.</summary>
internal static partial class FetchJson
{
    /// <summary>Null for nothing.</summary>
    public static string? Write(IReadOnlyList<FetchVisit> visits) => visits.Count == 0 ? null : JsonSerializer.Serialize(visits, FetchShape.Default.IReadOnlyListFetchVisit);

    public static IReadOnlyList<FetchVisit> Visits(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, FetchShape.Default.IReadOnlyListFetchVisit)!;

    /// <summary>Null for what holds for all.</summary>
    public static string? Write(FetchSettings settings) => JsonSerializer.Serialize(settings, FetchShape.Default.FetchSettings) is var json && json != None ? json : null;

    public static FetchSettings Settings(string? json) => json is null ? FetchSettings.None : JsonSerializer.Deserialize(json, FetchShape.Default.FetchSettings)!;

    private static readonly string None = JsonSerializer.Serialize(FetchSettings.None, FetchShape.Default.FetchSettings);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(IReadOnlyList<FetchVisit>))]
    [JsonSerializable(typeof(FetchSettings))]
    private sealed partial class FetchShape : JsonSerializerContext;
}
