using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Lists of other articles: a label such as "More on this story" with the links or headlines that follow it.</summary>
internal sealed class RelatedLinksRule() : ResidueRule(ResidueKind.RelatedLinks, "related-label")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("related-links");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
            if (draft.IsIn(at) && draft[at].Length < 100 && IsLabel(draft[at]))
                TakeRun(draft, at);
    }

    private static bool IsLabel(Block block) =>
        Phrases.IsWhole(block) || (!Prose.EndsWithStop(block.Text) && Phrases.Starts(block));
}
