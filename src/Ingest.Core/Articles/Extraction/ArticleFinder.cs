namespace Ingest.Core.Articles.Extraction;

/// <summary>Chooses the region that holds the article.</summary>
internal static class ArticleFinder
{
    // Chosen on the development pages (tests/corpus is too small to tell): below these shares a hint or a step down costs articles.
    private const double HintSurvives = 0.5;
    private const double CommentHintSurvives = 0.85;
    private const double StepDown = 0.62;
    private const double BodyShare = 0.3;

    /// <summary>Sums the regions up, drops hints that cannot be true, and answers the article's region; null when there is no running text.</summary>
    public static Region? Find(PageScan scan)
    {
        Sum(scan);
        var page = scan.Regions[0];
        if (page.AllWeight <= 0)
            return null;
        DropFalseHints(scan, page.AllWeight);
        var marked = scan.Regions.Where(r => r.IsBody && !IsResidue(r)).MaxBy(r => r.Weight);
        return marked is not null && marked.Weight >= page.Weight * BodyShare ? marked : Descend(scan, page);
    }

    private static void Sum(PageScan scan)
    {
        foreach (var region in scan.Regions)
            (region.Weight, region.AllWeight, region.Characters, region.LinkedCharacters) = (0, 0, 0, 0);
        foreach (var block in scan.Blocks)
        {
            block.Region.Weight += block.Weight;
            block.Region.AllWeight += block.Weight;
            block.Region.Characters += block.Text.Length;
            block.Region.LinkedCharacters += block.LinkedCharacters;
        }
        // Regions stand in the order in which they were opened, so every child comes after its parent.
        for (var i = scan.Regions.Count - 1; i > 0; i--)
            AddToParent(scan.Regions[i]);
    }

    private static void AddToParent(Region region)
    {
        var parent = region.Parent!;
        parent.AllWeight += region.AllWeight;
        if (region.Hint is null)
            parent.Weight += region.Weight;
        parent.Characters += region.Characters;
        parent.LinkedCharacters += region.LinkedCharacters;
    }

    private static void DropFalseHints(PageScan scan, double pageWeight)
    {
        var dropped = false;
        foreach (var region in scan.Regions)
        {
            var survives = region.Hint is ResidueKind.CommentList or ResidueKind.Hidden ? CommentHintSurvives : HintSurvives;
            if (region.Hint is null || region.AllWeight < pageWeight * survives)
                continue;
            region.Hint = null;
            dropped = true;
        }
        if (dropped)
            Sum(scan);
    }

    private static Region Descend(PageScan scan, Region page)
    {
        var best = page;
        foreach (var region in scan.Regions)
            if (ReferenceEquals(region.Parent, best) && region.Hint is null && region.Weight >= best.Weight * StepDown)
                best = region;
        return best;
    }

    private static bool IsResidue(Region region)
    {
        for (var at = region; at is not null; at = at.Parent)
            if (at.Hint is not null)
                return true;
        return false;
    }
}
