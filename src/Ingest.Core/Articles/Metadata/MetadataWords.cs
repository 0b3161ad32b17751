using System.Collections.Frozen;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Metadata;

/// <summary>The lists of <c>Rules/metadata.txt</c>, in the form of <see cref="Words"/> without its outer spaces.</summary>
internal static class MetadataWords
{
    private static readonly ILookup<string, string> Lines = RuleFile.Read("metadata.txt").SelectMany(line => line.Phrases.Select(phrase => (line.Key, phrase))).ToLookup(x => x.Key, x => x.phrase);

    public static FrozenSet<string> Of(string key) => Lines[key].Select(phrase => Words.Of(phrase).Trim()).ToFrozenSet(StringComparer.Ordinal);
}
