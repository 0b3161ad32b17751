namespace Ingest.Core.Articles.Extraction;

/// <summary>Sums the blocks' weights up into their regions.</summary>
internal static class RegionTotals
{
    // What stands under a heading that is a link is the teaser of another article.
    private const double TeaserDiscount = 0.25;
    private const int TeaserLength = 3;

    public static void Sum(PageScan scan)
    {
        foreach (var region in scan.Regions)
            region.Clear();
        var sinceLinkedHeading = TeaserLength;
        foreach (var block in scan.Blocks)
        {
            sinceLinkedHeading = block.Kind == ParagraphKind.Heading && block.Level > 1 ? (block.LinkDensity > 0.8 ? 0 : TeaserLength) : sinceLinkedHeading + 1;
            block.Region.Add(block, sinceLinkedHeading < TeaserLength ? block.Weight * TeaserDiscount : block.Weight);
        }
        // Regions stand in the order in which they were opened, so every child comes after its parent.
        for (var i = scan.Regions.Count - 1; i > 0; i--)
            scan.Regions[i].AddToParent();
    }
}
