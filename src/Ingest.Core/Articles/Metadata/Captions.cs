using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Finds an image's caption and credit in the figure around it.</summary>
internal static class Captions
{
    public static ArticleImage Describe(Uri url, SeenImage seen, PageScan scan)
    {
        string? caption = null, credit = null;
        if (Figure(seen.Region) is { } figure)
            for (var i = figure.FirstBlock; i < Math.Min(figure.EndBlock, figure.FirstBlock + 6); i++)
            {
                var block = scan.Blocks[i];
                if (PhotoCreditRule.NameIn(block) is { } name || (block.HintWithin(figure) == ResidueKind.PhotoCredit && (name = block.Text) is not null))
                    credit ??= name;
                if (credit != block.Text && !PhotoCreditRule.IsCredit(block))
                    caption ??= block.Text;
            }
        return new ArticleImage(url, caption ?? (seen.Alt is not { } alt || string.IsNullOrWhiteSpace(alt) ? null : Spaces.Squeeze(alt)), credit);
    }

    private static Region? Figure(Region region)
    {
        for (var at = region; at is not null; at = at.Parent)
            if (at.Tag == "figure" || at.Hint == ResidueKind.Caption)
                return at;
        return null;
    }
}
