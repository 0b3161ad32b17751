using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ingest.IntegrationTests.Harness;

/// <summary>Checks JSON against the part of JSON Schema 2020-12 that our schemas use; an unknown keyword is an error, not ignored.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    public static JsonSchema Load(string path) => new(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement);

    /// <summary>What does not fit, each with its place; empty when all does.</summary>
    public IReadOnlyList<string> Errors(JsonElement value)
    {
        var errors = new List<string>();
        Check(value, root, "$", errors);
        return errors;
    }

    private void Check(JsonElement value, JsonElement schema, string at, List<string> errors)
    {
        foreach (var keyword in schema.EnumerateObject())
            if (!Fits(value, keyword, schema, at, errors)) errors.Add($"{at}: {keyword.Name} {Short(keyword.Value)}: {Short(value)}");
    }

    private bool Fits(JsonElement value, JsonProperty keyword, JsonElement schema, string at, List<string> errors)
    {
        var wanted = keyword.Value;
        switch (keyword.Name)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description": return true;
            case "$ref": Check(value, Resolve(wanted.GetString()!), at, errors); return true;
            case "type": return IsOfType(value, wanted.GetString()!);
            case "const": return JsonElement.DeepEquals(value, wanted);
            case "enum": return wanted.EnumerateArray().Any(one => JsonElement.DeepEquals(value, one));
            case "minLength": return value.GetString()!.Length >= wanted.GetInt32();
            case "pattern": return Regex.IsMatch(value.GetString()!, wanted.GetString()!);
            case "format": return HasFormat(value.GetString()!, wanted.GetString()!);
            case "minimum": return value.GetDouble() >= wanted.GetDouble();
            case "maximum": return value.GetDouble() <= wanted.GetDouble();
            case "minItems": return value.GetArrayLength() >= wanted.GetInt32();
            case "minProperties": return value.EnumerateObject().Count() >= wanted.GetInt32();
            case "required": return wanted.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "additionalProperties": return wanted.GetBoolean() || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _));
            case "properties": CheckMembers(value, wanted, at, errors); return true;
            case "items": CheckItems(value, wanted, at, errors); return true;
            default: throw new NotSupportedException($"the keyword {keyword.Name} at {at}");
        }
    }

    private void CheckMembers(JsonElement value, JsonElement members, string at, List<string> errors)
    {
        foreach (var member in members.EnumerateObject())
            if (value.TryGetProperty(member.Name, out var inner)) Check(inner, member.Value, $"{at}.{member.Name}", errors);
    }

    private void CheckItems(JsonElement value, JsonElement schema, string at, List<string> errors)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray()) Check(item, schema, $"{at}[{index++}]", errors);
    }

    private JsonElement Resolve(string reference) => root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"the type {type}"),
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        _ => throw new NotSupportedException($"the format {format}"),
    };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } long_ ? long_[..80] : value.GetRawText();
}
