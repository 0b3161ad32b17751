using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ingest.Worker.Cli;

/// <summary>How results are printed: a table for a person, JSON for a program.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>One JSON document.</summary>
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Shape));

    /// <summary>Columns as wide as their longest cell; the last one as it is. A line that says so where there is nothing.</summary>
    public static void Table(string[] headings, IReadOnlyCollection<string?[]> rows, string empty)
    {
        if (rows.Count == 0)
        {
            Console.Out.WriteLine(empty);
            return;
        }
        rows = [.. rows.Select(row => Array.ConvertAll(row, cell => (string?)Plain(cell ?? "")))];
        var widths = headings.Select((heading, column) => Math.Max(heading.Length, rows.Max(row => (row[column] ?? "").Length))).ToArray();
        Line(headings, widths);
        foreach (var row in rows) Line(row, widths);
    }

    private static void Line(string?[] cells, int[] widths) =>
        Console.Out.WriteLine(string.Join("  ", cells.Select((cell, column) => (cell ?? "").PadRight(widths[column]))).TrimEnd());

    /// <summary>To the second, in UTC; <c>-</c> when there is none.</summary>
    public static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>On one line, cut at <paramref name="most"/> characters.</summary>
    public static string Short(string? text, int most)
    {
        var line = Plain((text ?? "").ReplaceLineEndings(" "));
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }

    /// <summary>Without control characters: a title that a stranger wrote must not drive the terminal.</summary>
    private static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
