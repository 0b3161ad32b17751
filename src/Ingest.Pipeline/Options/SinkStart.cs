using System.Globalization;

namespace Ingest.Pipeline.Options;

/// <summary>Reads <see cref="SinkOptions.StartFrom"/>.</summary>
public static class SinkStart
{
    public const string Now = "now";
    public const string Beginning = "beginning";

    /// <summary>False when the text is none of the three forms. <paramref name="from"/> is null for "now".</summary>
    public static bool TryParse(string text, out DateTimeOffset? from)
    {
        from = text switch
        {
            Beginning => DateTimeOffset.MinValue,
            _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) => at,
            _ => null,
        };
        return from is not null || text == Now;
    }
}
