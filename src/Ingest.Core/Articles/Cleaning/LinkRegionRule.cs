namespace Ingest.Core.Articles.Cleaning;

/// <summary>Takes regions inside of the article that are mostly links: lists of other articles, menus, crumbs.</summary>
internal sealed class LinkRegionRule() : ResidueRule(ResidueKind.RelatedLinks, "link-region")
{
    private const double MostlyLinks = 0.6;

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.LinkDensity < MostlyLinks)
            return false;
        var region = block.Region;
        return draft.Facts.Root is { } root && region != root && region.IsInside(root)
            ? region.LinkDensity > MostlyLinks && region.Tag != "p"
            : block.LinkDensity > 0.9 && !block.IsSentence && block.Kind is ParagraphKind.ListItem or ParagraphKind.Heading;
    }
}
