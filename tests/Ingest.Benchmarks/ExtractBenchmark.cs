using System.Diagnostics;
using System.Globalization;
using AngleSharp.Html.Parser;
using Ingest.Core.Articles;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Benchmarks;

/// <summary>Bytes to clean article, against nothing but AngleSharp's default parse of the same page.</summary>
internal static class ExtractBenchmark
{
    private const int Rounds = 21;
    private const int Tries = 5;

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        var pages = await Samples.PagesAsync(folder, stop);
        // Decoded beforehand: the other side is given a string, ours has to find the charset.
        var texts = pages.Select(Decode).ToList();
        var empty = pages.Count(page => new ArticleExtractor().Extract(page) is not ExtractionOutcome.Extracted);
        var sides = await Measure.InterleaveAsync(Rounds, [Ours(pages), Theirs(texts)], stop);
        return new Report(Subject(texts), "page", sides)
        {
            Ratio = sides[0].RatioTo(sides[1]),
            Notes = [Slowest(pages, texts)],
            Faults = empty == 0 ? [] : [$"{empty} of {pages.Count} pages gave no article"],
        };
    }

    // A page that costs many times its parse would be a way to stop the service.
    private static string Slowest(IReadOnlyList<PageInput> pages, List<string> texts)
    {
        var extractor = new ArticleExtractor();
        var most = Enumerable.Range(0, pages.Count).Max(i => Best(() => extractor.Extract(pages[i])) / Best(() => new HtmlParser().ParseDocument(texts[i]).Dispose()));
        return string.Create(CultureInfo.InvariantCulture, $"the slowest page, best of {Tries}: {most:0.0} times its own parse");
    }

    private static double Best(Action work)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            work();
            if (Stopwatch.GetElapsedTime(begun) is var took && took < best) best = took;
        }
        return best.TotalMilliseconds;
    }

    private static string Subject(List<string> texts) => string.Create(
        CultureInfo.InvariantCulture, $"extract against parse: {texts.Count} pages of {texts.Average(text => text.Length) / 1000:0.0} thousand characters on average");

    private static Side Ours(IReadOnlyList<PageInput> pages)
    {
        var extractor = new ArticleExtractor();
        return new Side("Ingest: bytes to article", () =>
        {
            foreach (var page in pages) extractor.Extract(page);
            return Task.FromResult(pages.Count);
        });
    }

    private static Side Theirs(List<string> texts) => new("AngleSharp: string to document", () =>
    {
        foreach (var text in texts)
        {
            using var document = new HtmlParser().ParseDocument(text);
            if (document.DocumentElement is null) throw new InvalidOperationException("AngleSharp read nothing");
        }
        return Task.FromResult(texts.Count);
    });

    private static string Decode(PageInput page)
    {
        using var text = PageText.Read(page) ?? throw new InvalidOperationException("a page is not text");
        return text.Characters.ToString();
    }
}
