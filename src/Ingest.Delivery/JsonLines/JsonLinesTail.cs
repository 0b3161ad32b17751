using System.Text.Json;

namespace Ingest.Delivery.JsonLines;

/// <summary>Reads the end of a JSON Lines file after a start.</summary>
internal static class JsonLinesTail
{
    private const int ChunkBytes = 1 << 20;
    private const byte LineFeed = (byte)'\n';

    /// <summary>Cuts an unfinished last line off, leaves the position at the end, and returns what <see cref="Read"/> does.</summary>
    /// <exception cref="JsonException">A whole line is not a JSON object with an id.</exception>
    public static IReadOnlyList<string> Repair(FileStream file, int most)
    {
        var ids = Read(file, most, out var end);
        if (file.Length > end) file.SetLength(end);
        file.Seek(0, SeekOrigin.End);
        return ids;
    }

    /// <summary>The ids of the last <paramref name="most"/> lines, the oldest first. <paramref name="end"/>: the end of the last whole line.</summary>
    /// <exception cref="JsonException">A whole line is not a JSON object with an id.</exception>
    public static IReadOnlyList<string> Read(FileStream file, int most, out long end)
    {
        (var start, end, var lines) = Find(file, most);
        file.Seek(start, SeekOrigin.Begin);
        using var reader = new StreamReader(file, bufferSize: ChunkBytes, leaveOpen: true);
        var ids = new List<string>(lines);
        while (ids.Count < lines) ids.Add(IdOf(reader.ReadLine()!));
        return ids;
    }

    /// <summary>Goes backwards to where the wanted lines begin.</summary>
    private static (long Start, long End, int Lines) Find(FileStream file, int most)
    {
        var buffer = new byte[ChunkBytes];
        var (end, lines) = (0L, 0);
        for (var position = file.Length; position > 0;)
        {
            var length = (int)Math.Min(ChunkBytes, position);
            position -= length;
            file.Seek(position, SeekOrigin.Begin);
            file.ReadExactly(buffer.AsSpan(0, length));
            for (var at = buffer.AsSpan(0, length).LastIndexOf(LineFeed); at >= 0; at = buffer.AsSpan(0, at).LastIndexOf(LineFeed))
            {
                // The first line feed from behind ends the last line; each further one begins the line after it.
                if (end == 0) end = position + at + 1;
                else if (++lines == most) return (position + at + 1, end, lines);
            }
        }
        return (0, end, end == 0 ? 0 : lines + 1);
    }

    private static string IdOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.GetString() is { } text
            ? text
            : throw new JsonException("a line without an id");
    }
}
