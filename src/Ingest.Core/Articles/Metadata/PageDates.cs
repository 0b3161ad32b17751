using System.Globalization;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Dates as pages write them into attributes: ISO 8601 in its many spellings, and RFC 1123. Without a zone they are read as UTC.</summary>
internal static class PageDates
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "dd.MM.yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy, HH:mm", "d.M.yyyy", "yyyyMMddTHHmmss", "yyyyMMddTHHmmsszzz",
        "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss", "ddd MMM dd HH:mm:ss zzz yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "d MMM yyyy", "dd/MM/yyyy",
    ];

    public static DateTimeOffset? Parse(string? text)
    {
        var value = text?.Trim();
        if (string.IsNullOrEmpty(value) || value.Length > 60)
            return null;
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (!DateTimeOffset.TryParseExact(value, Formats, CultureInfo.InvariantCulture, Style, out var date)
            && !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, Style, out date))
            return null;
        return date.Year is > 1900 and < 2200 ? date : null;
    }
}
