using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>One reason to take a block away. Rules run in the order of <see cref="Cleaner"/>; what one took, the next does not see.</summary>
internal abstract class ResidueRule(ResidueKind kind, string name)
{
    public ResidueKind Kind { get; } = kind;

    /// <summary>Stable: it stands in every ledger.</summary>
    public string Name { get; } = name;

    public virtual void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
            if (draft.IsIn(at) && Takes(draft, at))
                draft.Take(at, Kind, Name);
    }

    protected virtual bool Takes(Draft draft, int at) => false;

    /// <summary>Takes the short blocks after a label, up to the next sentence or heading.</summary>
    protected void TakeRun(Draft draft, int label, int most = 40)
    {
        draft.Take(label, Kind, Name);
        for (var at = draft.Next(label); at >= 0 && most-- > 0 && IsFurniture(draft[at]); at = draft.Next(at))
            draft.Take(at, Kind, Name);
    }

    /// <summary>Reads like a link, a field or a teaser's headline, not like a paragraph.</summary>
    protected static bool IsFurniture(Block block) =>
        block.Kind != ParagraphKind.Heading && (block.LinkDensity > 0.5 || (!block.IsSentence && !block.IsBold && block.Text[^1] is not ('.' or '。') && block.Length < 160));

    /// <summary>A word or two without a stop, as buttons and labels are.</summary>
    protected static bool IsButton(Block block) =>
        block.Kind == ParagraphKind.Paragraph && block.Length <= 40 && Rules.Words.Count(block.Words) <= 4 && !block.IsBold && !Prose.EndsWithStop(block.Text) && !Prose.EndsWithColon(block.Text);
}
