using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Takes away everything that is not the article, rule by rule.</summary>
internal static class Cleaner
{
    private const int Rounds = 2;

    // First what the markup or the wording alone gives away, then what only the place gives away.
    private static readonly ResidueRule[] Rules =
    [
        new MarkedRegionRule(),
        new LinkRegionRule(),
        new TitleInBodyRule(),
        new AboveTitleRule(),
        new RepeatedHeadlineRule(),
        new CookieNoticeRule(),
        new PaywallPromptRule(),
        new CommentFormRule(),
        new CommentListRule(),
        new NewsletterRule(),
        new ShareBarRule(),
        new AdvertisementRule(),
        new SocialEmbedRule(),
        new StreamLinkRule(),
        new FeedFooterRule(),
        new PhotoCreditRule(),
        new CaptionRule(),
        new SourceListRule(),
        new TagListRule(),
        new ReadMoreRule(),
        new RelatedLinksRule(),
        new TeaserListRule(),
        new AuthorBioRule(),
        new BylineRule(),
        new DatelineLabelRule(),
        new DisclaimerRule(),
        new NavigationRule(),
        new EmptyLabelRule(),
        new StrayCounterRule(),
        new WireMarkRule(),
        new TitleQuotedRule(),
        new SiteLineRule(),
        new ContactRule(),
        new ContainerRule(),
        new PromptNeighbourRule(),
        new LabelRunRule(),
        new TrailingLinkRule(),
        new TailRule(),
        new RecoveredHeadlineRule(),
        new DanglingHeadingRule(),
    ];

    public static Draft Clean(IReadOnlyList<Block> blocks, DraftFacts facts)
    {
        var draft = new Draft(blocks, facts);
        // What the first round takes can lay bare a new end of the text.
        for (var round = 0; round < Rounds; round++)
            foreach (var rule in Rules)
                rule.Apply(draft);
        return draft;
    }
}
