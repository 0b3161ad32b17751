using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles;

/// <summary>Whole pages and texts of our own under <c>tests/corpus/articles</c>, each with what should come of it; <c>INGEST_ACCEPT=1</c> rewrites that.</summary>
public sealed class ArticleFixtures
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Cases() => [.. Inputs().Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_article_is_what_its_expected_file_says(string name)
    {
        var input = Inputs().Single(f => Path.GetFileName(Path.GetDirectoryName(f)) == name);
        var format = input.EndsWith(".txt", StringComparison.Ordinal) ? PageFormat.PlainText : PageFormat.Html;
        var page = new PageInput(File.ReadAllBytes(input), format) { Url = new Uri("https://news.example/page") };
        var actual = Describe(new ArticleExtractor().Extract(page));
        var expected = Path.Combine(Path.GetDirectoryName(input)!, "expected.json");
        if (Environment.GetEnvironmentVariable("INGEST_ACCEPT") == "1")
            File.WriteAllText(expected, actual);
        Assert.Equal(File.ReadAllText(expected), actual);
    }

    internal static IEnumerable<string> Inputs() =>
        Directory.EnumerateFiles(Folder(), "input.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Describe(ExtractionOutcome outcome)
    {
        if (outcome is not ExtractionOutcome.Extracted { Article: var a })
            return $"{outcome}\n";
        var view = new
        {
            a.Title,
            a.Subtitle,
            a.Summary,
            a.Language,
            a.CanonicalUrl,
            a.Authors,
            a.Publisher,
            a.Section,
            a.Tags,
            a.PublishedAt,
            a.PublishedAtSource,
            a.ModifiedAt,
            a.Images,
            a.Credits,
            a.Sources,
            a.Quality.Paywalled,
            a.Quality.Truncated,
            a.Quality.Extractor,
            Paragraphs = a.Paragraphs.Select(p => $"{p.Kind}: {p.Text}"),
            Removed = a.Removed.Select(r => $"{r.Position} {r.Kind.WireName()} ({r.Rule}): {r.Text}"),
        };
        return JsonSerializer.Serialize(view, Readable) + "\n";
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "tests", "corpus", "articles")))
                return Path.Combine(at.FullName, "tests", "corpus", "articles");
        throw new DirectoryNotFoundException("tests/corpus/articles");
    }
}
