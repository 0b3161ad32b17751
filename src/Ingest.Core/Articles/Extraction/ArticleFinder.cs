namespace Ingest.Core.Articles.Extraction;

/// <summary>Chooses the region that holds the article.</summary>
internal static class ArticleFinder
{
    // The shares below were chosen on the development pages: a step in either direction costs articles.
    private const double HintSurvives = 0.5;
    private const double StrongHintSurvives = 0.85;
    private const double StepDown = 0.62;
    private const double StepAwayFromTitle = 0.8;
    private const double MarkedBodyShare = 0.12;
    private const double MainShare = 0.3;
    private const double MarkedShare = 0.6;
    private const double MorePart = 1.15;
    private const double MuchMore = 2.5;
    private const double LeastWeight = 4;
    private const double LeastHidden = 8;
    private const double OtherPartsShare = 0.1;
    private const double MostLinkedPart = 0.3;
    private const int LongestLead = 40;
    private const int ShortestLead = 60;
    private const int LongLead = 75;

    /// <summary>Sums the regions up and drops hints that cannot be true; whoever asks for hints comes after it.</summary>
    public static void Weigh(PageScan scan)
    {
        RegionTotals.Sum(scan);
        DropFalseHints(scan);
        DropHidingHints(scan);
    }

    /// <summary>The article's place on a page that was weighed; null when the page has no text.</summary>
    /// <param name="scan">The page.</param>
    /// <param name="title">The number of the block that is the article's headline; -1 when it is not known.</param>
    public static ArticlePlace? Find(PageScan scan, int title)
    {
        if (scan.Blocks.Count == 0)
            return null;
        if (scan.Chosen.Count > 0)
            return Chosen(scan);
        var page = scan.Regions[0];
        var root = MarkedBody(scan, page)
            ?? Descend(scan, Heaviest(scan, r => r.Tag is "main" or "article", page.Weight * MainShare) ?? page, title);
        return new ArticlePlace(root, [.. Lead(scan, root, title), .. scan.Blocks.Skip(root.FirstBlock).Take(root.EndBlock - root.FirstBlock)]);
    }

    /// <summary>The article's place if the heaviest hint is false; null when no hint covers running text.</summary>
    public static ArticlePlace? FindBehindHint(PageScan scan, int title)
    {
        var hiding = scan.Regions.Where(r => r.Hint is not (null or ResidueKind.CookieNotice or ResidueKind.CommentList or ResidueKind.Hidden) && r.LinkDensity < MostLinkedPart).MaxBy(r => r.AllWeight);
        if (hiding is null || hiding.AllWeight < LeastHidden)
            return null;
        hiding.Hint = null;
        Weigh(scan);
        return Find(scan, title);
    }

    // Several elements are one body: the element around them all is its place, but only they are its text.
    private static ArticlePlace Chosen(PageScan scan)
    {
        var root = scan.Chosen[0];
        while (root.Parent is { } outer && scan.Chosen.Any(region => !region.IsInside(root)))
            root = outer;
        return new ArticlePlace(root, [.. scan.Chosen.SelectMany(region => scan.Blocks.Skip(region.FirstBlock).Take(region.EndBlock - region.FirstBlock))]);
    }

    // A standfirst between the headline and the body belongs to the text.
    private static IEnumerable<Block> Lead(PageScan scan, Region root, int title) =>
        title < 0 || title >= root.FirstBlock || root.FirstBlock - title > LongestLead
            ? []
            : scan.Blocks.Skip(title + 1).Take(root.FirstBlock - title - 1)
                .Where(b => b.Length >= ShortestLead && b.LinkDensity < 0.3 && b.Kind is ParagraphKind.Paragraph or ParagraphKind.Heading or ParagraphKind.Quote
                    && (Prose.EndsWithStop(b.Text) || b.Length >= LongLead) && HintBeside(b, title) is null or ResidueKind.RelatedLinks);

    // What an element that holds the headline, too, is called says nothing of the line.
    private static ResidueKind? HintBeside(Block line, int title)
    {
        var outer = line.Region;
        while (outer.Parent is { } parent && !outer.Holds(title))
            outer = parent;
        return line.HintWithin(outer);
    }

    // A body in several parts is marked several times: the element around them all is the body.
    private static Region? MarkedBody(PageScan scan, Region page)
    {
        var body = Heaviest(scan, r => r.IsBody && CanHold(r.Tag), page.Weight * MarkedBodyShare);
        for (var outer = body?.Parent; body is not null && outer is { Hint: null }; outer = outer.Parent)
            if (outer.MarkedWeight >= outer.Weight * MarkedShare && outer.MarkedWeight > body.Weight * MorePart)
                body = outer;
        // Where most of the running text around it is not marked, the mark was only its beginning.
        for (var outer = body?.Parent; body is not null && outer is { Hint: null }; outer = outer.Parent)
            if (outer.Weight > body.Weight * MuchMore && outer.LinkDensity < MostLinkedPart)
                body = outer;
        return body;
    }

    private static Region? Heaviest(PageScan scan, Func<Region, bool> isCandidate, double least)
    {
        Region? best = null;
        foreach (var region in scan.Regions)
            if (isCandidate(region) && region.Weight >= Math.Max(least, LeastWeight) && region.Weight > (best?.Weight ?? 0) && !IsResidue(region))
                best = region;
        return best;
    }

    // A hint is false where it covers most of the page, more prose than such a thing ever holds, or the marked article itself.
    private static void DropFalseHints(PageScan scan)
    {
        var page = scan.Regions[0].AllWeight;
        var dropped = DropBodyNames(scan, page);
        foreach (var region in scan.Regions)
        {
            if (region.Hint is not { } hint || region.AllWeight < LeastWeight)
                continue;
            var survives = hint is ResidueKind.CommentList or ResidueKind.Hidden or ResidueKind.CookieNotice ? StrongHintSurvives : HintSurvives;
            if (region.AllWeight < page * survives && region.AllWeight <= MostWeight(hint) && !region.HoldsMain)
                continue;
            region.Hint = null;
            dropped = true;
        }
        if (dropped)
            RegionTotals.Sum(scan);
    }

    // What most of a page's paragraphs are called, one by one, is the text: "galleryText".
    private static bool DropBodyNames(PageScan scan, double page)
    {
        var dropped = false;
        foreach (var named in scan.Regions.Where(r => r is { Tag: "p", Hint: not (null or ResidueKind.Hidden) }).GroupBy(r => r.Hint))
            if (named.Sum(r => r.AllWeight) >= page * HintSurvives)
            {
                foreach (var region in scan.Regions.Where(r => r.Hint == named.Key && r.Tag is "p" or "h2" or "h3" or "h4" or "li" or "blockquote"))
                    region.Hint = null;
                dropped = true;
            }
        return dropped;
    }

    // A paragraph weighs up to 7.
    private static double MostWeight(ResidueKind hint) => hint switch
    {
        ResidueKind.ShareBar or ResidueKind.TagList or ResidueKind.PhotoCredit or ResidueKind.DatelineLabel => 5,
        ResidueKind.Byline or ResidueKind.PaywallPrompt => 8,
        ResidueKind.Newsletter or ResidueKind.ReadMore or ResidueKind.SocialEmbed or ResidueKind.Advertisement => 15,
        _ => double.MaxValue,
    };

    // Where hints leave next to nothing, the heaviest of them hides the article: a paywall's veil, a forum's first post.
    private static void DropHidingHints(PageScan scan)
    {
        var page = scan.Regions[0];
        for (var round = 0; round < 3 && page.AllWeight > LeastWeight && page.Weight < 0.15 * page.AllWeight; round++)
        {
            var hiding = scan.Regions.Where(r => r.Hint is not null).MaxBy(r => r.Hint == ResidueKind.CookieNotice ? 0 : r.AllWeight);
            if (hiding is null)
                return;
            hiding.Hint = null;
            RegionTotals.Sum(scan);
        }
    }

    private static Region Descend(PageScan scan, Region from, int title)
    {
        var best = from;
        foreach (var region in scan.Regions)
            if (ReferenceEquals(region.Parent, best) && region.Hint is null && CanHold(region.Tag) && IsStep(best, region, title) && !IsOneOfSeveral(scan, region))
                best = region;
        return best;
    }

    // Leaving the headline behind asks for more than staying with it.
    private static bool IsStep(Region outer, Region inner, int title)
    {
        var leaves = outer.Holds(title) && !inner.Holds(title);
        return outer.Weight > 0 && inner.Weight >= outer.Weight * (leaves ? StepAwayFromTitle : StepDown);
    }

    // A body in several parts has parts of the same name; what stands beside an article has others.
    private static bool IsOneOfSeveral(PageScan scan, Region part)
    {
        var name = FirstName(part);
        if (name.IsEmpty)
            return false;
        var others = 0.0;
        foreach (var region in scan.Regions)
            if (ReferenceEquals(region.Parent, part.Parent) && !ReferenceEquals(region, part) && region.Hint is null && region.LinkDensity < MostLinkedPart && FirstName(region).SequenceEqual(name))
                others += region.Weight;
        return others >= part.Weight * OtherPartsShare;
    }

    private static ReadOnlySpan<char> FirstName(Region region) => region.Names.Trim() is var names && names.IndexOf(' ') is > 0 and var end ? names[..end] : names;

    private static bool CanHold(string tag) => tag is not ("p" or "ul" or "ol" or "dl" or "blockquote" or "figure" or "pre" or "address");

    private static bool IsResidue(Region region)
    {
        for (var at = region; at is not null; at = at.Parent)
            if (at.Hint is not null)
                return true;
        return false;
    }
}

/// <summary>Where a page's article stands: its region, and its blocks in order.</summary>
internal sealed record ArticlePlace(Region Root, IReadOnlyList<Block> Blocks)
{
    /// <summary>What a site's rules took out of it, each with the number of its blocks before.</summary>
    public IReadOnlyList<(int At, string Text)> Cuts(PageScan scan)
    {
        if (scan.Cuts.Count == 0)
            return [];
        var own = Blocks.ToHashSet<Block>(ReferenceEqualityComparer.Instance);
        return [.. scan.Cuts.Where(cut => cut.Region.IsInside(Root)).Select(cut => (scan.Blocks.Take(cut.Block).Count(own.Contains), cut.Text))];
    }
}
