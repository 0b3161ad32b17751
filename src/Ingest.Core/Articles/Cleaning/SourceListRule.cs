using System.Buffers;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>The list of sources under an article: "Sources: A | B", or a label with a list below it.</summary>
internal sealed class SourceListRule() : ResidueRule(ResidueKind.SourceList, "source-label")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("source-list");
    private static readonly char[] Separators = ['|', ';', '•', '·', '｜', '；', '؛'];
    private static readonly SearchValues<char> Separating = SearchValues.Create(Separators);

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || draft[at].Length > 500)
                continue;
            if (Phrases.AfterLabel(draft[at]) is { Length: > 0 } names && !IsSaying(draft[at], names))
                TakeLine(draft, at, names);
            else if (at > draft.LastProse && Phrases.IsLabel(draft[at]))
                TakeList(draft, at);
            else if (at > draft.LastProse && Phrases.StartOf(draft[at]) is { } start && !Prose.EndsWithStop(draft[at].Text))
                TakeLine(draft, at, PhraseSet.After(draft[at].Text, start));
        }
    }

    private void TakeLine(Draft draft, int at, string names)
    {
        draft.Take(at, Kind, Name);
        draft.Sources.AddRange(Split(names));
    }

    private void TakeList(Draft draft, int label)
    {
        var first = draft.Next(label);
        if (first < 0)
            return;
        draft.Take(label, Kind, Name);
        for (var at = first; at >= 0 && IsFurniture(draft[at]) && !Prose.EndsWithColon(draft[at].Text); at = draft.Next(at))
        {
            draft.Take(at, Kind, Name);
            draft.Sources.Add(draft[at].Text.TrimStart('-', '•', '*', ' '));
        }
    }

    private static IEnumerable<string> Split(string names)
    {
        var parts = names.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1)
            parts = names.Split([", ", "، ", "、", "，"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Select(p => p.TrimEnd('.', ',', '。'));
    }

    // "Source: the ministry said on Monday that …" tells something; a list only names.
    private static bool IsSaying(Block block, string names) =>
        Prose.EndsWithStop(names) && names.Length > 80 && !names.AsSpan().ContainsAny(Separating) && block.LinkDensity < 0.3;
}
