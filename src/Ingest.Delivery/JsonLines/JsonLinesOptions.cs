using Ingest.Pipeline.Options;

namespace Ingest.Delivery.JsonLines;

/// <summary>A JSON Lines file (section <c>Sinks:JsonLines:NAME</c>).</summary>
public sealed class JsonLinesOptions : SinkOptions
{
    /// <summary>The file; a relative path counts from the data folder. Default <c>articles.jsonl</c>.</summary>
    public string Path { get; set; } = "articles.jsonl";
}
