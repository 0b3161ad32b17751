using Ingest.Core.Articles.Cleaning;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Author fields hold names, addresses, handles and lists of names; this keeps the names.</summary>
internal static class Names
{
    public static IReadOnlyList<string> People(IEnumerable<string> values) =>
        [.. values.Take(20).SelectMany(Split).Where(IsName).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<string> Split(string value)
    {
        if (value.StartsWith("http", StringComparison.OrdinalIgnoreCase) || value.Length > 200)
            return [];
        var text = Spaces.Squeeze(value).TrimStart('@');
        return BylineRule.NamesIn(text) is { Count: > 0 } names ? names : text.Split([';', '|', '•'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsName(string text) => text.Length is > 1 and < 80 && text.Any(char.IsLetter) && !text.Contains('@', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal);
}
