using System.Text;
using System.Text.Json;

namespace Ingest.Core.Articles.Metadata;

/// <summary>
/// The JSON-LD scripts of a page as one graph: every object by its <c>@id</c>, over all scripts. What is broken in the ways that templates
/// break JSON is mended; what stays unreadable is left out. Holds pooled memory: dispose.
/// </summary>
internal sealed class JsonLd : IDisposable
{
    private const int DeepestGraph = 12;
    private const int MostNodes = 2_000;
    private const int LongestScript = 1_000_000;

    private static readonly JsonDocumentOptions Reading = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    private readonly List<JsonDocument> _documents = [];
    private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _nodes = [];

    private JsonLd() { }

    /// <summary>The objects that a page describes of itself, in document order: not what lists, teasers and updates hold.</summary>
    public IReadOnlyList<JsonElement> Nodes => _nodes;

    public static JsonLd Read(IReadOnlyList<ReadOnlyMemory<char>> scripts)
    {
        var graph = new JsonLd();
        foreach (var script in scripts)
            if (script.Length <= LongestScript && (Parse(script.Trim()) ?? Parse(Mended(script.ToString()).AsMemory())) is { } document)
            {
                graph._documents.Add(document);
                graph.Collect(document.RootElement, 0);
            }
        return graph;
    }

    public void Dispose() => _documents.ForEach(document => document.Dispose());

    /// <summary>The object that a mere reference (<c>{"@id": …}</c>) stands for; anything else as it is.</summary>
    public JsonElement Resolve(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String && _byId.TryGetValue(id.GetString()!, out var node) ? node : value;

    private static JsonDocument? Parse(ReadOnlyMemory<char> script)
    {
        try
        {
            return script.Length == 0 ? null : JsonDocument.Parse(script, Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Collect(JsonElement at, int depth)
    {
        if (depth > DeepestGraph || _nodes.Count > MostNodes)
            return;
        if (at.ValueKind == JsonValueKind.Array)
            foreach (var item in at.EnumerateArray())
                Collect(item, depth + 1);
        if (at.ValueKind != JsonValueKind.Object)
            return;
        if (at.TryGetProperty("@type", out _))
            _nodes.Add(at);
        foreach (var property in at.EnumerateObject())
            if (property.Name is "@graph" or "mainEntity" or "mainEntityOfPage")
                Collect(property.Value, depth + 1);
            else
                Name(property.Value, depth + 1);
        Register(at);
    }

    // Persons and organisations are written out where they are first needed, and named by their id from then on.
    private void Name(JsonElement value, int depth)
    {
        if (depth > DeepestGraph || _byId.Count > MostNodes)
            return;
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                Name(item, depth + 1);
        if (value.ValueKind != JsonValueKind.Object)
            return;
        Register(value);
        foreach (var property in value.EnumerateObject())
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                Name(property.Value, depth + 1);
    }

    private void Register(JsonElement node)
    {
        if (node.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String && node.EnumerateObject().Skip(1).Any())
            _byId.TryAdd(id.GetString()!, node);
    }

    // Comment marks around it, line breaks inside of strings, quotes as entities, something behind the last bracket.
    private static string Mended(string script)
    {
        if (script.Length > LongestScript)
            return "";
        var text = script.Replace("<!--", " ", StringComparison.Ordinal).Replace("-->", " ", StringComparison.Ordinal).Replace("//<![CDATA[", " ", StringComparison.Ordinal)
            .Replace("<![CDATA[", " ", StringComparison.Ordinal).Replace("//]]>", " ", StringComparison.Ordinal).Replace("]]>", " ", StringComparison.Ordinal);
        if (!text.Contains('"', StringComparison.Ordinal))
            text = text.Replace("&quot;", "\"", StringComparison.Ordinal);
        var start = text.AsSpan().IndexOfAny('{', '[');
        return start < 0 ? "" : Closed(text.AsSpan(start));
    }

    // Copies the first complete value; control characters and stray backslashes in strings become what was meant.
    private static string Closed(ReadOnlySpan<char> text)
    {
        var mended = new StringBuilder(text.Length);
        var (depth, quoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quoted && c == '\\' && at + 1 < text.Length)
            {
                mended.Append("\"\\/bfnrtu".Contains(text[at + 1], StringComparison.Ordinal) ? "\\" : "").Append(text[++at]);
                continue;
            }
            if (c == '"')
                quoted = !quoted;
            else if (!quoted)
                depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            mended.Append(c < ' ' ? ' ' : c);
            if (depth == 0)
                break;
        }
        return mended.ToString();
    }
}
