using System.Text.Json;
using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles;

/// <summary>The scraped texts that started the project: what stays, what goes and as what, stated line by line beside them.</summary>
public sealed class SeedTests
{
    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        foreach (var seed in Seeds())
            data.Add(seed.GetProperty("file").GetString()!);
        if (data.Count == 0)
            data.Add("absent");
        return data;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Exactly_the_article_stays(string file)
    {
        var (seed, article) = Read(file);
        Assert.Equal(Texts(seed, "kept"), article.Paragraphs.Select(p => p.Text));
        Assert.Equal(string.Join('\n', Texts(seed, "kept")), article.Text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_ledger_names_every_removal_and_its_kind(string file)
    {
        var (seed, article) = Read(file);
        var expected = seed.GetProperty("removed").EnumerateArray().Select(r => (r.GetProperty("kind").GetString(), r.GetProperty("text").GetString()));
        Assert.Equal(expected, article.Removed.Select(r => ((string?)r.Kind.WireName(), (string?)r.Text)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_stripped_moves_into_its_field(string file)
    {
        var (seed, article) = Read(file);
        if (seed.TryGetProperty("title", out var title))
            Assert.Equal(title.GetString(), article.Title);
        if (seed.TryGetProperty("credit", out var credit))
            Assert.Contains(credit.GetString()!, article.Credits);
        if (seed.TryGetProperty("sources", out _))
            Assert.Equal(Texts(seed, "sources"), article.Sources);
    }

    private static (JsonElement Seed, CleanArticle Article) Read(string file)
    {
        Assert.SkipWhen(Folder() is null, "../shared/seeds is not beside the repository");
        var seed = Seeds().Single(s => s.GetProperty("file").GetString() == file);
        var bytes = File.ReadAllBytes(Path.Combine(Folder()!, file));
        var outcome = new ArticleExtractor().Extract(new PageInput(bytes, PageFormat.PlainText));
        return (seed, Assert.IsType<ExtractionOutcome.Extracted>(outcome).Article);
    }

    private static IEnumerable<string?> Texts(JsonElement seed, string name) => seed.GetProperty(name).EnumerateArray().Select(e => e.GetString());

    private static JsonElement[] Seeds()
    {
        if (Folder() is not { } folder)
            return [];
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        return [.. json.RootElement.Clone().EnumerateArray()];
    }

    private static string? Folder() => File.Exists(Path.Combine(RepositoryFolders.Shared("seeds"), "expected.json")) ? RepositoryFolders.Shared("seeds") : null;
}
