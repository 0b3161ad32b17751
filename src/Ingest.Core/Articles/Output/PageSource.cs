using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.Output;

/// <summary>The page that an article's blocks came from, while its buffer is still there.</summary>
/// <param name="Document">Its tree.</param>
/// <param name="Site">What a site's rules say of it; null without rules.</param>
/// <param name="Scan">The walk that found the blocks.</param>
/// <param name="Base">What addresses are relative to.</param>
internal sealed record PageSource(LeanDocument Document, SiteRules.SiteMarks? Site, PageScan Scan, Uri? Base)
{
    /// <summary>The markup of the blocks: the same walk once more, by which the same blocks come out.</summary>
    public BlockTrace WalkAgain()
    {
        var trace = new BlockTrace();
        BlockWalker.Scan(Document, Site, trace);
        return trace;
    }
}
