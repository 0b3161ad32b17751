using System.Buffers;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Names that a page shows: marked elements near the article, and lines that say who wrote it.</summary>
internal static class Bylines
{
    private const int LongestLine = 160;
    private const int LongestAside = 40;
    private const int LongestLabel = 20;
    private const int FarthestBare = 10;
    private const int FarthestAbove = 3;
    private const int FarthestOurs = 3;
    private static readonly SearchValues<char> Parting = SearchValues.Create("|•·—–/~");

    /// <summary>Names in elements of these marks, at the headline first; empty where none is near the article.</summary>
    public static List<AuthorName> Marked(PageScan scan, IReadOnlyList<NearLine> lines, params ReadOnlySpan<string> marks)
    {
        var (at, names) = (-1, new List<AuthorName>());
        foreach (var line in lines)
        {
            if (at >= 0 && line.At > at + 3)
                break;
            if (line.Place == LinePlace.Inside)
                continue;
            foreach (var property in scan.Properties)
                if (property.Block == line.At && marks.Contains(property.Name) && IsOurs(property.Region, line))
                    foreach (var name in Names.Read(WithoutDates(property.Value), isField: true))
                        if (!names.Exists(n => n.Text.Equals(name.Text, StringComparison.OrdinalIgnoreCase)))
                        {
                            names.Add(name);
                            at = at < 0 ? line.At : at;
                        }
        }
        return names;
    }

    /// <summary>Names in the first line that says "by", or stands below one that says nothing else.</summary>
    public static List<AuthorName> Labelled(IReadOnlyList<NearLine> lines, bool belowText)
    {
        var label = int.MinValue;
        foreach (var line in lines)
        {
            if ((line.Place is LinePlace.BelowText or LinePlace.Inside) != belowText || !IsCandidate(line))
                continue;
            var names = Introduced(line);
            if (names.Count == 0 && line.At == label + 1)
                names = Names.Read(WithoutDates(line.Block.Text)).FindAll(n => n.Kind == NameKind.Person);
            if (names.Count > 0)
                return names;
            if (line.Block.Text.Length <= LongestLabel && Names.IsLabel(line.Block.Words))
                label = line.At;
        }
        return [];
    }

    /// <summary>A person's name in a line that is called a byline or holds a date; or alone in a line, close below the headline or the text.</summary>
    public static List<AuthorName> Bare(IReadOnlyList<NearLine> lines, string? title)
    {
        foreach (var line in lines)
            if (line.Block.Level == 0 && IsCandidate(line) && Persons(line).FindAll(n => !IsSubject(n, title)) is { Count: > 0 } names)
                return names;
        return [];
    }

    // Whom the headline names, the article is about.
    private static bool IsSubject(AuthorName name, string? title) => title?.Contains(name.Text[(name.Text.LastIndexOf(' ') + 1)..], StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsCandidate(NearLine line) =>
        line.Place != LinePlace.Title && line.Block.Text.Length <= LongestLine && !line.Block.IsSentence
        && line.Block.HintWithin(null) is null or ResidueKind.Byline or ResidueKind.DatelineLabel or ResidueKind.AuthorBio or ResidueKind.RelatedLinks;

    private static List<AuthorName> Introduced(NearLine line)
    {
        var dateless = WithoutDates(line.Block.Text);
        var isMeta = dateless.Length != line.Block.Text.Length || line.Block.HintWithin(null) is ResidueKind.Byline;
        var names = LabelledIn(dateless, isMeta);
        if (line.Place == LinePlace.Inside && (line.Block.HintWithin(null) is not ResidueKind.Byline || PublicationDates.IsElsewhere(line.Block.Region)))
            return isMeta ? names : names.FindAll(Names.IsKnownPerson);
        // A line of dates and names at the headline is the article's: whoever it names wrote it, under whatever name.
        if (isMeta && line.Place is LinePlace.BelowTitle or LinePlace.AboveTitle && names.Count > 0 && names.TrueForAll(n => n.Kind == NameKind.Handle))
            return names.ConvertAll(n => n with { Kind = NameKind.Person });
        return names.Count > 0 || !isMeta ? names : AmidOthers(dateless);
    }

    // "By Jane Doe", "3 May 2021 // Author: Jane Doe // 2 minutes"
    private static List<AuthorName> LabelledIn(string text, bool isMeta)
    {
        Names.WithoutLabel(text, out var labelled);
        if (labelled)
            return Names.Read(text);
        if (!isMeta)
            return [];
        foreach (var range in text.AsSpan().SplitAny(Parting))
            if (text[range].Trim() is { Length: > 0 } part && part.Length < text.Length)
            {
                Names.WithoutLabel(part, out labelled);
                if (labelled && Names.Read(part) is { Count: > 0 } names)
                    return names;
            }
        return [];
    }

    // "Posted in Politics by Jane Doe on May 3, 2021"
    private static List<AuthorName> AmidOthers(string text)
    {
        foreach (var by in (ReadOnlySpan<string>)[" by ", " von ", " par ", " por ", " door "])
            if (text.IndexOf(by, StringComparison.OrdinalIgnoreCase) is > 0 and var at)
                return Names.Read(text[(at + by.Length)..]);
        return [];
    }

    private static List<AuthorName> Persons(NearLine line)
    {
        var dateless = WithoutDates(line.Block.Text);
        var (isDated, isByline) = (dateless.Length != line.Block.Text.Length, line.Block.HintWithin(null) is ResidueKind.Byline);
        var isAlone = line.Block.Text.Length <= LongestAside && line.Block.Kind == ParagraphKind.Paragraph && !Names.HasOther(line.Block.Text)
            && (line.Block.HintWithin(null) is null || line is { Place: LinePlace.BelowTitle, Distance: <= FarthestOurs });
        var farthest = line.Place == LinePlace.AboveTitle ? FarthestAbove : FarthestBare;
        if (line.Place is LinePlace.Inside || (line.Place == LinePlace.BelowText ? !isAlone : line.Distance > farthest || !(isDated || isByline || isAlone)))
            return [];
        var names = Names.Read(dateless);
        // A byline that holds one name and the date, and nothing else, needs no more proof.
        if (isDated && isByline && line.Place != LinePlace.BelowText && names.Count == 1 && names[0].Kind != NameKind.Organisation && dateless.Length <= names[0].Text.Length + 4)
            return names;
        return names.FindAll(n => Names.IsKnownPerson(n) && n.Text.Length <= LongestAside);
    }

    // What stands right below the headline is the article's whatever its container is called.
    private static bool IsOurs(Region region, NearLine line)
    {
        var at = region;
        while (at.Hint is null && at.Parent is not null)
            at = at.Parent;
        return at.Hint is not (ResidueKind.CommentList or ResidueKind.CommentForm or ResidueKind.SocialEmbed or ResidueKind.ReadMore)
            && (at.Hint != ResidueKind.RelatedLinks || line.Place == LinePlace.BelowTitle || line is { Place: LinePlace.AboveTitle, Distance: <= FarthestOurs }) && (at.Hint != ResidueKind.Navigation || line.Distance <= FarthestOurs);
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
