using System.IO.Compression;
using System.Text;
using Ingest.Delivery.JsonLines;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.IntegrationTests.Harness;

/// <summary>A folder that JSON Lines sinks write to, and what is in it.</summary>
internal sealed class JsonLinesFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Target => _folder["sub/articles.jsonl"];

    public StandingClock Clock { get; } = new(Messages.Now);

    /// <summary>The names of the files that were put aside, oldest first.</summary>
    public IReadOnlyList<string> Rotated =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(Target)!).Select(path => Path.GetFileName(path)!).Where(name => name is not ("articles.jsonl" or "articles.jsonl.lock")).Order(StringComparer.Ordinal)];

    public JsonLinesSink Sink(JsonLinesOptions? options = null, Func<FileStream, ReadOnlyMemory<byte>, ValueTask>? write = null) =>
        new("jsonl", Target, options ?? new JsonLinesOptions(), Clock, NullLogger.Instance, write ?? ((file, lines) => file.WriteAsync(lines)));

    public string this[string name] => _folder[$"sub/{name}"];

    /// <summary>What is in a file, uncompressed.</summary>
    public string Read(string name = "articles.jsonl")
    {
        using var file = new FileStream(this[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using Stream plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }

    public static string Lines(params int[] numbers) => string.Concat(numbers.Select(number => $"{Encoding.UTF8.GetString(Messages.Number(number).Payload.Span)}\n"));

    public static IReadOnlyList<OutboxMessage> Numbers(params int[] numbers) => [.. numbers.Select(number => Messages.Number(number))];

    public void Dispose() => _folder.Dispose();
}
