using System.Collections.Frozen;
using Ingest.Core.Articles.Rules;
using Ingest.Core.Feeds.Dates;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Names of months on pages: those of feeds, and what only a page's own words make sure of. The words are data: <c>Rules/metadata.txt</c>.</summary>
internal static class MonthNames
{
    private static readonly FrozenDictionary<string, int> More = RuleFile.Read("metadata.txt")
        .Where(line => line.Key.StartsWith("month ", StringComparison.Ordinal))
        .SelectMany(line => line.Phrases.Select(phrase => (phrase, month: int.Parse(line.Key.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(x => x.phrase, x => x.month, StringComparer.Ordinal);

    public static int? Of(ReadOnlySpan<char> word)
    {
        var name = word.ToString().ToLowerInvariant();
        return More.TryGetValue(name, out var month) ? month : DateWords.Month(name);
    }
}
