using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Several lines of a word or two in a row, above the text or below it: a menu, an imprint's links, a theme's footer.</summary>
internal sealed class LabelRunRule() : ResidueRule(ResidueKind.Navigation, "run-of-labels")
{
    private const int FewestLabels = 3;
    private const int MostLabels = 15;
    private const int LongestLabel = 30;
    private const int MostWords = 3;

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            var (end, labels) = (at, 0);
            for (; end < draft.Count && (!draft.IsIn(end) || ((end < draft.FirstProse || end > draft.LastProse) && IsLabel(draft[end]))); end++)
                labels += draft.IsIn(end) ? 1 : 0;
            if (labels is >= FewestLabels and <= MostLabels && draft.LastProse >= 0 && (at <= draft.FirstProse || draft.IsBelowText(at)))
                for (var label = at; label < end; label++)
                    draft.Take(label, Kind, Name);
            at = Math.Max(at, end - 1);
        }
    }

    private static bool IsLabel(Block block) =>
        block.Kind == ParagraphKind.Paragraph && block.Length <= LongestLabel && Words.Count(block.Words) <= MostWords && !Prose.EndsWithStop(block.Text)
            && !block.Text.Any(char.IsDigit);
}
