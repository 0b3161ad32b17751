using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>The word that stands over an advertisement, and the notes that the article goes on below it.</summary>
internal sealed class AdvertisementRule() : ResidueRule(ResidueKind.Advertisement, "advertisement-label")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("advertisement");

    protected override bool Takes(Draft draft, int at) =>
        draft[at].Length < 140 && (Phrases.IsWhole(draft[at]) || Phrases.IsIn(draft[at]) || Phrases.IsSpreadIn(draft[at]));
}
