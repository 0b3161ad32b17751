using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>A line below the text that holds the article's whole title and some words more speaks of the article: where it appeared, when it was changed.</summary>
internal sealed class TitleQuotedRule() : ResidueRule(ResidueKind.FeedFooter, "title-quoted")
{
    private const int MostMore = 120;
    private const int FewestTitleWords = 4;

    public override void Apply(Draft draft)
    {
        var titles = draft.Facts.Titles.Select(t => Words.Of(t)).Where(t => Words.Count(t) >= FewestTitleWords).Distinct().ToList();
        for (var at = Math.Max(0, draft.LastProse); at < draft.Count; at++)
            if (draft.IsIn(at) && draft.IsBelowText(at) && titles.Exists(t => Quotes(draft[at].Words, t)))
                draft.Take(at, Kind, Name);
    }

    private static bool Quotes(string line, string title) =>
        line.Length <= title.Length + MostMore && line.Contains(title, StringComparison.Ordinal);
}
