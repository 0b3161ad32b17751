using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Consent prompts: a block that speaks of cookies and of agreeing to them.</summary>
internal sealed class CookieNoticeRule() : ResidueRule(ResidueKind.CookieNotice, "cookie-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("cookie-notice");

    protected override bool Takes(Draft draft, int at) =>
        Phrases.IsWhole(draft[at]) || Phrases.IsIn(draft[at]) || Phrases.IsSpreadIn(draft[at]);
}
