using System.Collections.Frozen;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Metadata;

/// <summary>The date that a page shows at its headline, or under its text.</summary>
internal static class VisibleDates
{
    private const int LongestLine = 240;
    private const int MostWordsOfLabel = 4;
    private const int LongestLabel = 40;

    // What may stand beside a date that is a line of its own: a weekday, a place, "Uhr".
    private const int LettersBeside = 14;
    private const int LettersOfLine = 70;

    // "The court's judgement of 20 May 2021" is no label.
    private const int LettersBeforeLabel = 20;
    private const int FarthestDateline = 40;
    private const double Least = 1;

    private static readonly FrozenSet<string> Published = MetadataWords.Of("published");
    private static readonly FrozenSet<string> Modified = MetadataWords.Of("modified");
    private static readonly FrozenSet<string> Other = MetadataWords.Of("otherdate");

    /// <summary>The best date near the article and the date of its last change, each null where none is shown.</summary>
    public static (FoundDate? Published, FoundDate? Modified) Find(IReadOnlyList<NearLine> lines, DayOrder order)
    {
        var (published, modified) = (new Best(), new Best());
        var above = "";
        foreach (var line in lines)
        {
            if (line.Block.Text.Length <= LongestLine || line.Place == LinePlace.BelowTitle)
                Read(line, above, order, ref published, ref modified);
            above = line.Block.Text.Length <= LongestLabel ? line.Block.Text : "";
        }
        return (published.Score >= Least ? published.Date : modified.Score >= Least ? modified.Date : null, modified.Date);
    }

    // A date at the start of its line belongs to the label in the line above: "Available until:".
    private static void Read(NearLine line, string above, DayOrder order, ref Best published, ref Best modified)
    {
        var text = line.Block.Text;
        if (OfPlace(line) is not { } place)
            return;
        for (var (from, round) = (0, 0); round < 3 && DateText.Find(text.AsSpan(from), order) is { } found; round++)
        {
            var label = LabelBefore(from + found.Start == 0 ? above : text.AsSpan(from, found.Start));
            var (start, end) = (from + found.Start, from + found.End);
            if (Modified.Contains(label))
                modified.Offer(found, place + 3.2);
            else if (!Other.Contains(label) && OfForm(line, text, start, end, label) is { } form)
                published.Offer(found, place + form);
            from = end;
        }
    }

    private static double? OfForm(NearLine line, string text, int start, int end, string label)
    {
        var before = Letters(text.AsSpan(0, start));
        if (Published.Contains(label) && before - Letters(label) <= LettersBeforeLabel)
            return 6;
        var beside = before + Letters(text.AsSpan(end));
        if (line.Block.IsSentence && beside > LettersBeside)
            return start > FarthestDateline || line.Place != LinePlace.BelowTitle ? null : start == 0 && text.AsSpan(end).TrimStart() is ['.' or '-' or '–' or '—' or ':' or '|', ..] ? 3.5 : 1.6;
        if (line.Place == LinePlace.Inside && (line.Block.HintWithin(null) is not (ResidueKind.Byline or ResidueKind.DatelineLabel) || PublicationDates.IsElsewhere(line.Block.Region)))
            return null;
        Names.WithoutLabel(text, out var signed);
        return beside <= LettersBeside || signed ? 4 : beside <= LettersOfLine ? 3 : line.Block.HintWithin(null) is ResidueKind.Byline or ResidueKind.DatelineLabel ? 2 : null;
    }

    private static double? OfPlace(NearLine line)
    {
        double? hint = line.Block.HintWithin(null) switch
        {
            ResidueKind.Byline or ResidueKind.DatelineLabel => 1.5,
            null => 0.0,
            ResidueKind.CommentList or ResidueKind.CommentForm or ResidueKind.CookieNotice or ResidueKind.Newsletter or ResidueKind.SocialEmbed => null,
            ResidueKind.Navigation => line.Distance <= 2 ? -1.5 : -2.5,
            ResidueKind.RelatedLinks => line.Place == LinePlace.BelowTitle || line is { Place: LinePlace.AboveTitle, Distance: <= 2 } ? -1.5 : null,
            _ => -1.0,
        };
        var place = line.Place switch
        {
            LinePlace.BelowTitle => 0.0,
            LinePlace.AboveTitle => -0.5,
            LinePlace.Title => -1.5,
            LinePlace.Inside => -3.0,
            _ => -2.0,
        };
        return hint + place - 0.06 * line.Distance;
    }

    // The longest known label that the text ends with, as words; empty where there is none.
    private static string LabelBefore(ReadOnlySpan<char> before)
    {
        var words = Words.Of(before.Length > 60 ? before[^60..] : before);
        var at = words.Length - 1;
        var label = "";
        for (var count = 0; count < MostWordsOfLabel && at > 0; count++)
        {
            at = words.LastIndexOf(' ', at - 1);
            if (words[(at + 1)..^1] is var phrase && (Published.Contains(phrase) || Modified.Contains(phrase) || Other.Contains(phrase)))
                label = phrase;
        }
        return label;
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            count += char.IsLetter(c) ? 1 : 0;
        return count;
    }

    private struct Best
    {
        public FoundDate? Date { get; private set; }
        public double Score { get; private set; }

        public void Offer(FoundDate date, double score)
        {
            if (Date is null || score > Score)
                (Date, Score) = (date, score);
        }
    }
}
