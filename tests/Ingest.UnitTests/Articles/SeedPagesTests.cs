using System.Text;
using Ingest.Core.Articles;
using Ingest.Newsroom.Designs;

namespace Ingest.UnitTests.Articles;

/// <summary>The same lines as plain text and inside the newsroom's designs, with navigation, comment forms and the rest around them: the same article comes out.</summary>
public sealed class SeedPagesTests
{
    private static readonly string[] Designs = [.. PageDesigns.Names];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var design in Designs)
        {
            cases.Add(design, "own");
            foreach (var seed in Seeds()) cases.Add(design, Path.GetFileName(seed));
            if (Seeds().Count == 0) cases.Add(design, "absent");
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_wrapped_in_a_page_gives_the_same_article(string design, string text)
    {
        Assert.SkipWhen(text == "absent", "../shared/seeds is not beside the repository");
        var bytes = File.ReadAllBytes(text == "own" ? Path.Combine(RepositoryFolders.Corpus, "articles", "plain-text-residue", "input.txt") : Seeds().Single(seed => Path.GetFileName(seed) == text));
        var plain = Extract(new PageInput(bytes, PageFormat.PlainText));
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var page = PageDesigns.Wrap(design, plain.Title, lines);
        var wrapped = Extract(new PageInput(Encoding.UTF8.GetBytes(page), PageFormat.Html) { ContentType = "text/html; charset=utf-8" });
        Assert.Equal(plain.Text, wrapped.Text);
    }

    private static CleanArticle Extract(PageInput page) => Assert.IsType<ExtractionOutcome.Extracted>(new ArticleExtractor().Extract(page)).Article;

    private static IReadOnlyList<string> Seeds() =>
        Directory.Exists(RepositoryFolders.Shared("seeds")) ? [.. Directory.EnumerateFiles(RepositoryFolders.Shared("seeds"), "*.txt").Order(StringComparer.Ordinal)] : [];
}
