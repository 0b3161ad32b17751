using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;

namespace Ingest.IntegrationTests.Flow;

/// <summary><c>run --demo --once</c> as a newcomer runs it, judged by what the newsroom knows of its own pages.</summary>
public sealed partial class DemoPassTests(ITestOutputHelper output)
{
    private const double LeastRecall = 0.97;
    private const double MostResidue = 0.02;

    [Fact]
    public async Task One_pass_delivers_each_article_once_whole_and_clean()
    {
        using var data = new TempFolder();
        var pass = await WorkerProcess.RunAsync(["run", "--demo", "--once", "--data", data.Path, "--url", "http://127.0.0.1:0"], ("Articles:Markdown", "true"), ("Articles:Html", "true"));
        output.WriteLine(pass.Output);
        Assert.Equal("", pass.Errors);
        Assert.Equal(0, pass.ExitCode);
        Assert.Contains(data[DeliveredFile.Name], pass.Output, StringComparison.Ordinal);

        var world = NewsWorld.Generate(new NewsroomOptions());
        var events = DeliveredFile.Read(data[DeliveredFile.Name]);
        DeliveredFile.HoldsEachOnce(world, events);
        var schema = JsonSchema.Load(Repository.File("src", "Ingest.Pipeline", "Messages", "article.v1.schema.json"));
        Assert.Empty(events.SelectMany(schema.Errors).Take(5));
        Assert.All(events, message => Assert.True(message.GetProperty("data").TryGetProperty("markdown", out _) && message.GetProperty("data").TryGetProperty("html", out _)));
        JudgeText(world, events);
    }

    [Fact]
    public async Task A_second_pass_over_the_same_folder_delivers_nothing_again()
    {
        using var data = new TempFolder();
        string[] arguments = ["run", "--demo", "--once", "--data", data.Path, "--url", "http://127.0.0.1:0"];
        Assert.Equal(0, (await WorkerProcess.RunAsync(arguments)).ExitCode);
        var before = await File.ReadAllBytesAsync(data[DeliveredFile.Name], TestContext.Current.CancellationToken);
        Assert.Equal(0, (await WorkerProcess.RunAsync(arguments)).ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(data[DeliveredFile.Name], TestContext.Current.CancellationToken));
    }

    private void JudgeText(NewsWorld world, IReadOnlyList<JsonElement> events)
    {
        var texts = events.ToDictionary(DeliveredFile.PathOf, message => message.GetProperty("data").GetProperty("text").GetString()!, StringComparer.Ordinal);
        var verdicts = world.Articles.Select(article => new Verdict(article, texts[article.Path])).ToList();
        var report = new StringBuilder("design            articles   recall   residue left   lines of neither\n");
        foreach (var design in verdicts.GroupBy(verdict => verdict.Article.Site.Design)) Row(report, design.Key, [.. design]);
        Row(report, "all", verdicts);
        report.Append("\nkind               lines   left\n");
        foreach (var kind in verdicts.SelectMany(verdict => verdict.Residue).GroupBy(line => line.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            report.AppendLine(CultureInfo.InvariantCulture, $"{kind.Key,-18} {kind.Count(),5} {kind.Count(line => line.Left),6}");
        report.AppendLine().AppendLine("residue left:");
        foreach (var line in verdicts.SelectMany(verdict => verdict.Residue).Where(line => line.Left).Take(40)) report.AppendLine(CultureInfo.InvariantCulture, $"  {line.Kind}: {line.Line}");
        report.AppendLine("true lines lost:");
        foreach (var line in verdicts.SelectMany(verdict => verdict.Lost).Take(40)) report.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
        Report(report.ToString());
        Assert.All(verdicts.GroupBy(verdict => verdict.Article.Site.Design), design => Assert.InRange(Recall([.. design]), LeastRecall, 1));
        Assert.InRange(ResidueLeft(verdicts), 0, MostResidue);
    }

    private static void Row(StringBuilder report, string name, IReadOnlyList<Verdict> verdicts) => report.AppendLine(
        CultureInfo.InvariantCulture,
        $"{name,-18} {verdicts.Count,7} {Recall(verdicts),8:0.000} {ResidueLeft(verdicts),14:0.0%} {verdicts.Sum(verdict => verdict.Neither),18}");

    /// <summary>The share of the true text's characters whose line came out.</summary>
    private static double Recall(IReadOnlyList<Verdict> verdicts) =>
        verdicts.Sum(verdict => verdict.FoundCharacters) / (double)verdicts.Sum(verdict => verdict.TrueCharacters);

    /// <summary>The share of the residue lines that stand in the text.</summary>
    private static double ResidueLeft(IReadOnlyList<Verdict> verdicts)
    {
        var lines = verdicts.SelectMany(verdict => verdict.Residue).ToList();
        return lines.Count(line => line.Left) / (double)lines.Count;
    }

    /// <summary>Shown by the runner, and kept for <c>tests/run.sh</c> to print at its end.</summary>
    private void Report(string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("TEST_REPORTS") is { Length: > 0 } folder) File.WriteAllText(Path.Combine(folder, "demo-pass.txt"), text);
    }

    /// <summary>One article's text against its truth.</summary>
    private sealed class Verdict
    {
        /// <summary>A residue line this short counts as left only when it is a line of its own: "23" stands in many a sentence.</summary>
        private const int ShortLine = 30;

        public Verdict(NewsArticle article, string text)
        {
            Article = article;
            var lines = text.Split('\n').Select(Squeeze).ToHashSet(StringComparer.Ordinal);
            var whole = Squeeze(text);
            var truth = article.Text.Select(Squeeze).ToList();
            Lost = [.. truth.Where(line => !lines.Contains(line) && !whole.Contains(line, StringComparison.Ordinal))];
            TrueCharacters = truth.Sum(line => line.Length);
            FoundCharacters = TrueCharacters - Lost.Sum(line => line.Length);
            Residue = [.. article.Residue.Select(residue => (residue.Kind, residue.Line, Left: IsLeft(Squeeze(residue.Line), lines, whole)))];
            Neither = lines.Except(truth).Except(article.Residue.Select(residue => Squeeze(residue.Line))).Count();
        }

        public NewsArticle Article { get; }
        public IReadOnlyList<string> Lost { get; }
        public int TrueCharacters { get; }
        public int FoundCharacters { get; }
        public IReadOnlyList<(string Kind, string Line, bool Left)> Residue { get; }
        public int Neither { get; }

        private static bool IsLeft(string residue, HashSet<string> lines, string whole) =>
            lines.Contains(residue) || (residue.Length >= ShortLine && whole.Contains(residue, StringComparison.Ordinal));

        /// <summary>White space collapsed, a list item's dash taken off.</summary>
        private static string Squeeze(string line) => White().Replace(line, " ").Trim() is var squeezed && squeezed.StartsWith("- ", StringComparison.Ordinal) ? squeezed[2..] : squeezed;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
