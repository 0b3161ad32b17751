using System.Globalization;

namespace Ingest.Worker.Cli;

/// <summary>Reads the instants that options such as <c>--since</c> take.</summary>
internal static class When
{
    public const string Forms = "an instant (2026-11-01 or 2026-11-01T12:00Z) or a time ago (90m, 24h, 7d)";

    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 100_000)
        {
            if (text[^1] == 'm') return now.AddMinutes(-number);
            if (text[^1] == 'h') return now.AddHours(-number);
            if (text[^1] == 'd') return now.AddDays(-number);
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new UserErrorException($"'{text}' is neither an instant like 2026-11-01T12:00Z nor a time like 24h");
    }
}
