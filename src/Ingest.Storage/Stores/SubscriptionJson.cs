using System.Text.Json.Serialization;
using static System.Text.Json.JsonSerializer;

namespace Ingest.Storage.Stores;

/// <summary>Tags and foreign attributes of a feed as they stand in its row; null for none.</summary>
internal static partial class SubscriptionJson
{
    public static string? Write(IReadOnlyList<string> tags) => tags.Count == 0 ? null : Serialize([.. tags], Columns.Default.StringArray);

    public static string? Write(IReadOnlyDictionary<string, string> attributes) => attributes.Count == 0 ? null : Serialize(new(attributes), Columns.Default.DictionaryStringString);

    public static IReadOnlyList<string> Tags(string? json) => json is null ? [] : Deserialize(json, Columns.Default.StringArray)!;

    public static IReadOnlyDictionary<string, string> Attributes(string? json) => json is null ? new Dictionary<string, string>() : Deserialize(json, Columns.Default.DictionaryStringString)!;

    [JsonSerializable(typeof(string[]))]
    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class Columns : JsonSerializerContext;
}
