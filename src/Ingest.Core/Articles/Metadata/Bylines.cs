using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Names that a page shows: marked elements near the article, and lines that say who wrote it.</summary>
internal static class Bylines
{
    private const int LongestLine = 160;
    private const int LongestAside = 40;

    /// <summary>Names in elements of this mark, at the headline first; empty where none is near the article.</summary>
    public static List<AuthorName> Marked(PageScan scan, IReadOnlyList<NearLine> lines, params ReadOnlySpan<string> marks)
    {
        var (at, names) = (-1, new List<AuthorName>());
        foreach (var line in lines)
        {
            if (at >= 0 && line.At > at + 3)
                break;
            foreach (var property in scan.Properties)
                if (property.Block == line.At && marks.Contains(property.Name) && !PublicationDates.IsElsewhere(property.Region))
                    foreach (var name in Names.Read(WithoutDates(property.Value)))
                        if (!names.Exists(n => n.Text.Equals(name.Text, StringComparison.OrdinalIgnoreCase)))
                        {
                            names.Add(name);
                            at = at < 0 ? line.At : at;
                        }
        }
        return names;
    }

    /// <summary>Names in lines that begin with "by", and in lines that are called a byline or hold a date.</summary>
    public static List<AuthorName> InLines(IReadOnlyList<NearLine> lines, bool belowText)
    {
        foreach (var line in lines)
            if ((line.Place == LinePlace.BelowText) == belowText && line.Place != LinePlace.Title && Read(line) is { Count: > 0 } names)
                return names;
        return [];
    }

    private static List<AuthorName> Read(NearLine line)
    {
        var text = line.Block.Text;
        var hint = line.Block.HintWithin(null);
        if (text.Length > LongestLine || line.Block.IsSentence || hint is not (null or ResidueKind.Byline or ResidueKind.DatelineLabel or ResidueKind.AuthorBio or ResidueKind.Caption or ResidueKind.RelatedLinks))
            return [];
        var dateless = WithoutDates(text);
        Names.WithoutLabel(dateless, out var labelled);
        if (labelled)
            return Names.Read(dateless);
        // What is not introduced has to be a person, and to stand where bylines do.
        var dated = dateless.Length < text.Length;
        if (line.Place == LinePlace.BelowText || line.Distance > 6 || !(hint == ResidueKind.Byline || dated) || line.Block.Level > 0)
            return [];
        return [.. Names.Read(dateless).Where(n => n.Kind == NameKind.Person && n.Text.Length <= LongestAside)];
    }

    // A date parts what stands before it from what stands behind.
    private static string WithoutDates(string text)
    {
        var rest = text;
        for (var round = 0; round < 3 && DateText.Find(rest, DayOrder.DayFirst) is { } date; round++)
            rest = $"{rest[..date.Start]}|{rest[date.End..]}";
        return rest;
    }
}
