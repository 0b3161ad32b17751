using System.Buffers;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Invitations to sign up for a newsletter, a channel or an app, with the fields below them.</summary>
internal sealed class NewsletterRule() : ResidueRule(ResidueKind.Newsletter, "sign-up-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("newsletter");
    // Somebody says it; a prompt speaks for itself.
    private static readonly SearchValues<char> Openers = SearchValues.Create("\"“„«»‘‚「『");
    private static readonly PhraseSet Fields = PhraseSet.Of("newsletter-field");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || !IsInvitation(draft[at]))
                continue;
            draft.Take(at, Kind, Name);
            for (var next = draft.Next(at); next >= 0 && IsField(draft[next]); next = draft.Next(next))
                draft.Take(next, Kind, Name);
        }
    }

    private static bool IsInvitation(Block block) =>
        block.Length < 350 && !(block.IsSentence && Openers.Contains(block.Text[0])) && (Phrases.IsWhole(block) || Phrases.IsIn(block) || Phrases.IsSpreadIn(block) || (block.Length < 140 && !block.IsSentence && Phrases.Starts(block)));

    private static bool IsField(Block block) => IsInvitation(block) || Fields.IsWhole(block) || Fields.IsIn(block);
}
