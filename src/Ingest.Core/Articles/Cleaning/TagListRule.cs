using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>An article's keywords: after a label, or as a row of hashtags.</summary>
internal sealed class TagListRule() : ResidueRule(ResidueKind.TagList, "tag-label")
{
    private const int LongestBare = 120;
    private static readonly PhraseSet Phrases = PhraseSet.Of("tag-list");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || draft[at].Length > 400)
                continue;
            if (Phrases.AfterLabel(draft[at]) is { Length: > 0 } names && !Prose.EndsWithStop(names))
                TakeTags(draft, at, names);
            else if (at > draft.LastProse && !Prose.EndsWithStop(draft[at].Text) && Phrases.StartOf(draft[at]) is { } start && PhraseSet.After(draft[at].Text, start) is { Length: > 0 and <= LongestBare } bare)
                TakeTags(draft, at, bare);
            else if (IsHashtags(draft[at].Text))
                TakeTags(draft, at, draft[at].Text);
            else if (at > draft.LastProse && Phrases.IsLabel(draft[at]) && draft.Next(at) >= 0)
                TakeRun(draft, at);
        }
    }

    private void TakeTags(Draft draft, int at, string names)
    {
        draft.Take(at, Kind, Name);
        var parts = names.Contains('#', StringComparison.Ordinal) ? names.Split('#') : names.Split([',', '|', ';', '•', '·', '/', '،', '؛', '，', '、', '；', '｜', '／']);
        if (parts.Length == 1 && DenseScript.Has(names[0]))
            parts = names.Split(' ');
        draft.Tags.AddRange(parts.Select(p => p.Trim(' ', ',', '.', '#')).Where(p => p.Length is > 0 and < 60));
    }

    private static bool IsHashtags(string text)
    {
        if (text[0] != '#')
            return false;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 2 && words.All(w => w.Length > 1 && w[0] == '#');
    }
}
