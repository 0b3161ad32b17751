using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What is told of the author below the text.</summary>
internal sealed class AuthorBioRule() : ResidueRule(ResidueKind.AuthorBio, "about-the-author")
{
    private const int LongestBioAbove = 200;
    private const int LongestAnd = 6;
    private const int LongestBox = 350;
    private static readonly PhraseSet Phrases = PhraseSet.Of("author-bio");
    private static readonly PhraseSet Labels = PhraseSet.Of("author-box");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || draft[at].Length > 600)
                continue;
            if (Phrases.IsWhole(draft[at]) && !Prose.EndsWithColon(draft[at].Text))
                TakeWithBio(draft, at);
            else if (OpensWithLabel(draft[at]))
                draft.Take(at, Kind, Name);
            else if ((at >= draft.LastProse || draft[at].Length <= LongestBioAbove) && at > draft.Count / 2 && (IsBio(draft, at) || (!draft[at].IsSentence && Phrases.IsSpreadIn(draft[at]))))
                draft.Take(at, Kind, Name);
        }
    }

    private void TakeWithBio(Draft draft, int at)
    {
        draft.Take(at, Kind, Name);
        if (draft.Next(at) is >= 0 and var next && at > draft.Count / 2)
            draft.Take(next, Kind, Name);
    }

    // "**About the author** Jane Doe covers …", in one block.
    private static bool OpensWithLabel(Block block) => block.BoldCharacters > 0 && !block.IsBold && block.Length <= LongestBox && Labels.Starts(block);

    // "Jane Doe is …", "Jane Doe has been with The Sample Post since 2007": whoever is named at the end beside the site, or said to be something, wrote it.
    private static bool IsBio(Draft draft, int at)
    {
        var block = draft[at];
        foreach (var name in draft.AuthorWords)
            if (block.Words.Contains(name, StringComparison.Ordinal)
                && ((block.Words.StartsWith(name, StringComparison.Ordinal) && Phrases.StartOf(AfterNames(block.Words[(name.Length - 1)..], draft.AuthorWords)) is not null) || draft.NamesSite(at)))
                return true;
        return false;
    }

    // "Jane Doe and John Roe cover …": what follows the last of the names.
    private static string AfterNames(string rest, IReadOnlyList<string> names)
    {
        foreach (var name in names)
            if (rest.IndexOf(name, StringComparison.Ordinal) is > 0 and <= LongestAnd and var at)
                rest = rest[(at + name.Length - 1)..];
        return rest;
    }
}
