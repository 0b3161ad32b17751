using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Metadata;
using Ingest.Core.Articles.Rules;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.Core.Articles;

/// <summary>Makes the article of what is left of a draft and of what the page says of itself.</summary>
internal static class ArticleAssembly
{
    public static CleanArticle Assemble(Draft draft, PageMetadata page, EntryHints? hints, string extractor)
    {
        var (text, paragraphs, removed) = Lay(draft);
        IReadOnlyList<string> signed = page.Authors.Count > 0 ? [] : [.. Names.Read(string.Join(';', draft.Authors)).Select(name => name.Text)];
        return new CleanArticle
        {
            Title = (page.Titles.Count > 0 ? page.Titles[0] : null) ?? hints?.Title ?? draft.RecoveredTitle,
            Subtitle = page.Subtitle,
            Summary = page.Summary ?? hints?.Summary,
            Text = text,
            Paragraphs = paragraphs,
            Removed = removed,
            Language = TextLanguage.Check(page.Language ?? hints?.Language, text),
            CanonicalUrl = page.CanonicalUrl,
            Authors = First(page.Authors, signed, hints?.Authors),
            Publisher = page.Publisher ?? hints?.FeedTitle,
            Section = page.Section,
            Tags = First(page.Tags, [.. draft.Tags.Distinct(StringComparer.OrdinalIgnoreCase)], hints?.Tags),
            PublishedAt = page.PublishedAt ?? hints?.PublishedAt,
            PublishedAtSource = page.PublishedAtSource ?? (hints?.PublishedAt is null ? null : "feed"),
            ModifiedAt = page.ModifiedAt ?? hints?.ModifiedAt,
            Images = page.Images,
            Credits = [.. draft.Credits.Where(c => page.Images.All(i => i.Credit != c)).Distinct(StringComparer.Ordinal)],
            Sources = draft.Sources,
            Quality = new ExtractionQuality(Score(draft, extractor), Truncated(draft), draft.Paywalled || page.Paywalled, extractor),
            Rights = page.Rights,
            WordCount = WordsIn(text),
        };
    }

    private static (string Text, List<Paragraph> Paragraphs, List<Removal> Removed) Lay(Draft draft)
    {
        var length = 0;
        var paragraphs = new List<Paragraph>();
        var removed = new List<Removal>();
        for (var (at, cut) = (0, 0); at <= draft.Count; at++)
        {
            for (; cut < draft.Facts.Cuts.Count && draft.Facts.Cuts[cut].At == at; cut++)
                removed.Add(new Removal(ResidueKind.SiteTemplate, SiteRule.Name, draft.Facts.Cuts[cut].Text, paragraphs.Count));
            if (at == draft.Count)
                break;
            var block = draft[at];
            if (draft.TakenAs(at) is { } taken)
            {
                removed.Add(new Removal(taken.Kind, taken.Rule, block.Text, paragraphs.Count));
                continue;
            }
            var line = block.Kind == ParagraphKind.ListItem ? "- " + block.Text[PlainTextReader.BulletOf(block.Text).Length..] : block.Text;
            paragraphs.Add(new Paragraph(line, length, length + line.Length, block.Kind) { Level = block.Level });
            length += line.Length + 1;
        }
        return (string.Join('\n', paragraphs.Select(p => p.Text)), paragraphs, removed);
    }

    private static IReadOnlyList<string> First(IReadOnlyList<string> best, IReadOnlyList<string> next, IReadOnlyList<string>? last) =>
        best.Count > 0 ? best : next.Count > 0 ? next : last ?? [];

    // A page that marks its article, and long running text, are both good signs; a page of fragments is not.
    private static double Score(Draft draft, string extractor)
    {
        var (kept, prose) = (0, 0);
        for (var at = 0; at < draft.Count; at++)
            if (draft.IsIn(at))
                (kept, prose) = (kept + draft[at].Text.Length, prose + (draft[at].IsSentence ? draft[at].Text.Length : 0));
        var share = kept == 0 ? 0 : (double)prose / kept;
        var marked = draft.Facts.Root?.IsBody == true || extractor != "html" ? 0.25 : 0.1;
        return Math.Round(Math.Clamp(marked + 0.5 * share + 0.25 * Math.Min(1, kept / 1500.0), 0, 1), 2);
    }

    private static bool Truncated(Draft draft) =>
        draft.LastProse >= 0 && draft[draft.LastProse].Text is var last && (last.EndsWith('…') || last.EndsWith("...", StringComparison.Ordinal) || last.EndsWith("[…]", StringComparison.Ordinal));

    private static int WordsIn(string text)
    {
        var (count, inside) = (0, false);
        foreach (var c in text)
        {
            bool letter;
            // Without a branch: where words begin nobody can foretell.
            if (c < 128)
                count += (letter = char.IsAsciiLetterOrDigit(c)) & !inside ? 1 : 0;
            else
                count += (letter = char.IsLetterOrDigit(c)) && (!inside || DenseScript.Has(c)) ? 1 : 0;
            inside = letter;
        }
        return count;
    }
}
