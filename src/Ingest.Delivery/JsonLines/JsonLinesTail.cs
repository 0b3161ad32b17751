using System.Text.Json;

namespace Ingest.Delivery.JsonLines;

/// <summary>Reads the end of a JSON Lines file after a start.</summary>
internal static class JsonLinesTail
{
    private const int ChunkBytes = 1 << 20;
    private const byte LineFeed = (byte)'\n';

    /// <summary>
    /// Cuts an unfinished last line off, leaves the position at the end, and returns the ids of the last <paramref name="most"/> lines, the
    /// oldest first.
    /// </summary>
    /// <exception cref="JsonException">A whole line is not a JSON object with an id.</exception>
    public static IReadOnlyList<string> Repair(FileStream file, int most)
    {
        var (start, tail) = ReadTail(file, most);
        var whole = Array.LastIndexOf(tail, LineFeed) + 1;
        file.SetLength(start + whole);
        file.Seek(0, SeekOrigin.End);
        var ids = new List<string>();
        for (var from = 0; from < whole;)
        {
            var end = Array.IndexOf(tail, LineFeed, from);
            if (end > from) ids.Add(IdOf(tail.AsMemory(from, end - from)));
            from = end + 1;
        }
        return ids.Count > most ? ids[^most..] : ids;
    }

    /// <summary>Reads backwards until the wanted lines are there, and begins at the start of a line.</summary>
    private static (long Start, byte[] Tail) ReadTail(FileStream file, int most)
    {
        var start = file.Length;
        byte[] tail = [];
        while (start > 0 && tail.AsSpan().Count(LineFeed) <= most)
        {
            var length = (int)Math.Min(ChunkBytes, start);
            start -= length;
            var chunk = new byte[length + tail.Length];
            file.Seek(start, SeekOrigin.Begin);
            file.ReadExactly(chunk.AsSpan(0, length));
            tail.CopyTo(chunk, length);
            tail = chunk;
        }
        if (start == 0) return (0, tail);
        var first = Array.IndexOf(tail, LineFeed) + 1;
        return (start + first, tail[first..]);
    }

    private static string IdOf(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.GetString() is { } text
            ? text
            : throw new JsonException("a line without an id");
    }
}
