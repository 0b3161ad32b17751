using System.Globalization;
using Ingest.Core.Articles;
using Ingest.Newsroom;

namespace Ingest.Benchmarks;

/// <summary>
/// What extraction loses and leaves over on the sample newsroom's pages, which know the truth about themselves. Of the text: the share of true lines that are in the article. Of each kind of residue:
/// recall is the share of its lines in bodies that are gone, precision the share of what was taken under its name that is no true line.
/// </summary>
internal static class QualityBenchmark
{
    private const int ArticlesPerSite = 12;
    private const int MostExamples = 40;

    public static Task<Report> RunAsync(string? seeds, string? designs, CancellationToken stop)
    {
        var lines = new List<string>();
        foreach (var group in Groups(designs))
        {
            var tally = new Tally();
            foreach (var seed in Seeds.Of(seeds, usual: 1))
                foreach (var article in NewsWorld.Generate(new NewsroomOptions { Seed = seed, ArticlesPerSite = ArticlesPerSite, Designs = group }).Articles)
                {
                    stop.ThrowIfCancellationRequested();
                    tally.Add(article, Extract(article));
                }
            lines.AddRange(["", $"{group} designs: {tally.Articles} pages", .. tally.Lines()]);
        }
        return Task.FromResult(new Report($"quality: pages of the newsroom, seeds {seeds ?? "1"}", "page", []) { Notes = lines });
    }

    private static DesignGroup[] Groups(string? designs) => designs is null ? Enum.GetValues<DesignGroup>()
        : Enum.TryParse<DesignGroup>(designs, ignoreCase: true, out var group) && Enum.IsDefined(group) ? [group]
        : throw new InvalidOperationException($"--designs wants {string.Join(", ", Enum.GetNames<DesignGroup>()).ToLowerInvariant()}, not '{designs}'");

    private static CleanArticle? Extract(NewsArticle article)
    {
        var page = NewsWorld.RenderBytes(article);
        var input = new PageInput(page.Body, PageFormat.Html) { ContentType = page.ContentType, Url = new Uri(NewsWorld.NoServer, article.Path) };
        return new ArticleExtractor().Extract(input) is ExtractionOutcome.Extracted { Article: var found } ? found : null;
    }

    /// <summary>Characters of text and lines of residue, counted.</summary>
    private sealed class Tally
    {
        private readonly SortedDictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, (long True, long Found)> _groups = new(StringComparer.Ordinal);
        private readonly List<string> _examples = [];
        private long _true;
        private long _found;
        private long _written;
        private long _left;
        private long _around;

        public int Articles { get; private set; }

        public void Add(NewsArticle article, CleanArticle? found)
        {
            Articles++;
            var lines = (found?.Paragraphs ?? []).Select(p => Squeeze(p.Text)).ToList();
            var text = $"\n{string.Join('\n', lines)}\n";
            var (wanted, kept) = (0L, 0L);
            foreach (var line in article.Text.Select(Squeeze))
            {
                wanted += line.Length;
                if (text.Contains(line, StringComparison.Ordinal)) kept += line.Length;
                else Example("lost", article, line);
            }
            (_true, _found, _written) = (_true + wanted, _found + kept, _written + lines.Sum(l => l.Length));
            foreach (var group in new[] { $"design {article.Site.Design}", $"language {article.Language}" })
                _groups[group] = _groups.GetValueOrDefault(group) is var sum ? (sum.True + wanted, sum.Found + kept) : default;
            Residue(article, found, text);
        }

        public IEnumerable<string> Lines()
        {
            yield return Row("text: recall", (double)_found / _true);
            yield return Row("residue left, of what is written", (double)_left / _written);
            yield return Row("furniture around the text left, of it", (double)_around / _written);
            foreach (var (name, (wanted, kept)) in _groups) yield return Row($"recall, {name}", (double)kept / wanted);
            yield return $"{"kind",-22}{"lines",8}{"recall",9}{"taken",8}{"precision",11}{"named so",10}";
            foreach (var (name, kind) in _kinds)
                yield return string.Create(CultureInfo.InvariantCulture, $"{name,-22}{kind.Lines,8}{Share(kind.Gone, kind.Lines),9:0.000}{kind.Taken,8}{Share(kind.Taken - kind.True, kind.Taken),11:0.000}{Share(kind.Named, kind.Gone),10:0.000}");
            foreach (var example in _examples) yield return example;
        }

        private static double Share(long part, long whole) => whole == 0 ? 1 : (double)part / whole;

        private static string Row(string name, double share) => string.Create(CultureInfo.InvariantCulture, $"{name,-40}{share,8:0.0000}");

        private static string Squeeze(string line) => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('-', ' ');

        private void Residue(NewsArticle article, CleanArticle? found, string text)
        {
            var said = article.Text.Select(Squeeze).Append(Squeeze(article.Subtitle ?? "-")).ToList();
            bool IsSaid(string line) => said.Any(sentence => sentence.Contains(line, StringComparison.Ordinal));
            foreach (var line in article.Residue.Where(r => !r.InBody && !r.Hidden).Select(r => Squeeze(r.Line)).Distinct().Where(line => IsIn(text, line) && !IsSaid(line)))
            {
                _around += line.Length;
                Example("left around", article, line);
            }
            foreach (var line in article.Residue.Where(r => r.InBody).Select(r => (r.Kind, Line: Squeeze(r.Line))).Where(r => !IsSaid(r.Line)))
            {
                var kind = Of(line.Kind);
                kind.Lines++;
                if (IsIn(text, line.Line))
                {
                    _left += line.Line.Length;
                    Example($"left {line.Kind}", article, line.Line);
                    continue;
                }
                kind.Gone++;
                kind.Named += found?.Removed.Any(r => r.Kind.WireName() == line.Kind && Squeeze(r.Text).Contains(line.Line, StringComparison.Ordinal)) == true ? 1 : 0;
            }
            foreach (var removal in found?.Removed ?? [])
            {
                Of(removal.Kind.WireName()).Taken++;
                if (!article.Text.Select(Squeeze).Contains(Squeeze(removal.Text))) continue;
                Of(removal.Kind.WireName()).True++;
                Example($"taken as {removal.Kind.WireName()} by {removal.Rule}", article, removal.Text);
            }
        }

        /// <summary>A few characters may stand in any sentence; they are left over where they are a line.</summary>
        private static bool IsIn(string text, string line) => text.Contains(line.Length < 12 ? $"\n{line}\n" : line, StringComparison.Ordinal);

        private Kind Of(string name) => _kinds.TryGetValue(name, out var kind) ? kind : _kinds[name] = new Kind();

        private void Example(string what, NewsArticle article, string line)
        {
            if (_examples.Count < MostExamples) _examples.Add($"{what}: {article.Site.Design} {article.Path}: {(line.Length > 90 ? line[..90] + "…" : line)}");
        }
    }

    private sealed class Kind
    {
        public int Lines { get; set; }
        public int Gone { get; set; }
        public int Named { get; set; }
        public int Taken { get; set; }
        public int True { get; set; }
    }
}
