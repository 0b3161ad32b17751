using System.Globalization;
using System.Text;
using System.Text.Json;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>The rows of <see cref="FakeNews.Full"/>: long titles, other scripts, hostile text, missing fields, many rows.</summary>
internal static class FakePages
{
    private const string LongWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    private static readonly string[] Authors = ["The harbour desk", FakeNews.Hostile];
    private static readonly string[] Tags = ["harbour", "railway", "council"];
    private static readonly string[] Sources = ["https://council.example/minutes", "javascript:alert(3)"];
    private static readonly DateTimeOffset Now = FakeNews.Now;

    private static readonly (string Title, string? Language)[] Headlines =
    [
        ("Council votes to reopen the harbour line after eleven years", "en-GB"),
        ("Harvest festival draws a record crowd despite the rain", "en"),
        ("Wasserwerk meldet Störung im Norden der Stadt", "de"),
        ("東京湾で新しいフェリー航路が始まる", "ja"),
        ("A headline that goes on and on, because its writer could not stop adding clauses about the weather, the budget, the traffic, the two mayors, and a dog", "en"),
        (LongWord + " schließt", "de"),
        ("Los vecinos piden más árboles en la plaza", "es"),
    ];

    public static IEnumerable<FeedSummary> Feeds() =>
    [
        new(1, "https://harbour.example/feed.xml", "The Harbour Gazette", "https://harbour.example/", "en-GB", Now.AddMinutes(-3), Now.AddMinutes(12), TimeSpan.FromMinutes(15), 4210, 0, null),
        new(2, "https://akhbar.example/rss", "أخبار المدينة اليوم", "https://akhbar.example/", "ar", Now.AddHours(-1), Now.AddMinutes(30), TimeSpan.FromMinutes(90), 311, 0, null),
        new(3, "https://user:secret@slow.example/a/very/long/path/that/does/not/end/" + new string('x', 160) + ".xml", FakeNews.Hostile, "javascript:alert(1)", null, Now.AddDays(-2), Now.AddHours(5), TimeSpan.FromHours(24), 0, 7, "The server did not answer within 30 seconds " + FakeNews.Hostile),
        new(4, "https://new.example/feed", null, null, null, null, Now, null, 0, 0, null),
        new(5, "https://gone.example/feed", "A feed that is gone", null, "en", Now.AddDays(-40), null, TimeSpan.FromDays(1.5), 12, 1, "410 Gone"),
        .. Enumerable.Range(6, 30).Select(id => new FeedSummary(id, $"https://paper{id}.example/rss.xml", $"Paper number {id}", null, "en", Now.AddMinutes(-id), Now.AddMinutes(id), TimeSpan.FromMinutes(2 * id), id * 13, 0, null)),
    ];

    public static IEnumerable<ArticleDetail> Articles()
    {
        yield return new ArticleDetail(Summary(0, 3, "A title with <b>markup</b> & " + FakeNews.Hostile, "en", "Ingested", "javascript:alert(document.domain)"), Data(HostileParagraphs(), HostileRemovals(), "https://harbour.example/story"));
        yield return new ArticleDetail(Summary(1, 2, "افتتاح خط القطار الجديد بين المدينتين بعد سنوات من الانتظار", "ar", "Ingested"), Data(ArabicParagraphs(), ArabicRemovals(), null));
        yield return new ArticleDetail(Summary(2, 1, null, null, "Pending"), null);
        yield return new ArticleDetail(Summary(3, 1, "A page that could not be read", "en", "Failed"), null);
        for (var place = 4; place < 130; place++)
        {
            var (title, language) = Headlines[place % Headlines.Length];
            yield return new ArticleDetail(Summary(place, 1 + (place % 2), title, language, "Ingested"), Data(PlainParagraphs(), PlainRemovals(), "https://harbour.example/story"));
        }
    }

    private static ArticleSummary Summary(int place, long feed, string? title, string? language, string state, string? url = null) => new(
        FakeNews.Id(place), feed, feed == 2 ? "أخبار المدينة اليوم" : "The Harbour Gazette", state,
        url ?? string.Create(CultureInfo.InvariantCulture, $"https://harbour.example/2026/11/story-{place}"), title, language,
        state == "Ingested" ? 240 + (place * 7) : 0, state == "Ingested" ? 6 + (place % 9) : 0,
        place % 5 == 2 ? null : Now.AddMinutes(-17 * place), Now.AddMinutes(-place).AddSeconds(-20), state == "Ingested" ? Now.AddMinutes(-place) : null);

    private static (string Text, string Kind)[] PlainParagraphs() =>
    [
        ("The council voted on Thursday night to reopen the harbour line, eleven years after its last train. Work begins in spring, and the first passengers should travel before the end of the following year.", "paragraph"),
        ("“We waited long for this evening,” said the chair of the line's friends, who had counted the votes aloud from the gallery.", "quote"),
        ("What happens now", "heading"),
        ("Three steps stand between the vote and the first train:", "paragraph"),
        ("the survey of both bridges, due in January;", "list-item"),
        ("a tender for the signals;", "list-item"),
        ("the return of the two railcars from their museum.", "list-item"),
        ("The railcars were built for this line and are, according to the museum, in running order. They need new seats, a new radio and a coat of paint, which the apprentices of the harbour yard will give them.", "paragraph"),
        ("Station\tOpens", "table-row"),
        ("Old Quay\tMarch", "table-row"),
        ("Lighthouse\tJune", "table-row"),
        ("Opponents fear for the quiet of the gardens beside the track. The council promised them a fence and a timetable without night trains.", "paragraph"),
    ];

    private static (string Kind, string Rule, string Text, int Position)[] PlainRemovals() =>
    [
        ("repeated-headline", "headline/same-as-title", "Council votes to reopen the harbour line after eleven years", 0),
        ("byline", "byline/by-name", "By our harbour correspondent", 0),
        ("stray-counter", "counter/digits-only", "14", 0),
        ("share-bar", "share/list-of-links", "Share\nSend\nPrint", 0),
        ("photo-credit", "credit/label", "Photo: Harbour Archive", 1),
        ("related-links", "related/read-also", "Read also: The bridge that nobody wanted", 4),
        ("newsletter", "newsletter/form", "Get our morning letter. " + string.Concat(Enumerable.Repeat("Every day at six, the news of both banks in your letterbox, without advertisements and free of charge. ", 6)), 8),
        ("empty-label", "label/nothing-follows", "Video:", 8),
        ("source-list", "sources/heading", "Sources: Council minutes, Harbour Museum", 12),
        ("comment-form", "comments/form", "Leave a comment\nYour name\nYour e-mail\nSend", 12),
        ("comment-list", "comments/list", "3 comments\nFinally!\nAnd who pays for it?\nMy grandmother drove that train.", 12),
        ("advertisement", "ads/marked", "Advertisement", 12),
        ("cookie-notice", "cookies/banner", "We value your privacy", 12),
        ("feed-footer", "feed/appeared-first-on", "The post appeared first on The Harbour Gazette.", 12),
        ("hidden", "hidden/attribute", "", 12),
        ("of-the-future", "future/rule", "A kind that this version of the pages does not know", 12),
    ];

    private static (string Text, string Kind)[] HostileParagraphs() =>
    [
        (FakeNews.Hostile, "paragraph"), (FakeNews.Hostile, "heading"), (FakeNews.Hostile, "list-item"), (FakeNews.Hostile, "quote"),
        (new string('w', 900) + "\n" + FakeNews.Hostile, "preformatted"), (string.Concat(Enumerable.Repeat(LongWord, 4)), "paragraph"),
        ("A paragraph of a kind that is not known", "marquee"),
    ];

    private static (string Kind, string Rule, string Text, int Position)[] HostileRemovals() =>
    [
        ("comment-list", FakeNews.Hostile, FakeNews.Hostile, 1),
        ("\"><script>alert(2)</script>", "rule", new string('v', 700), 3),
        ("navigation", "far-away", "Removed behind the end", 9999),
    ];

    private static (string Text, string Kind)[] ArabicParagraphs() =>
    [
        ("وصل القطار الأول إلى المحطة صباح اليوم وسط ترحيب السكان الذين انتظروا هذا الخط منذ سنوات طويلة.", "paragraph"),
        ("ماذا بعد", "heading"),
        ("ستعمل القطارات كل نصف ساعة.", "list-item"),
        ("ستبقى الأسعار كما هي حتى الربيع.", "list-item"),
        ("وقالت البلدية إن العمل سيستمر في المحطات الأخرى.", "quote"),
    ];

    private static (string Kind, string Rule, string Text, int Position)[] ArabicRemovals() =>
        [("photo-credit", "credit/label", "تصوير: أرشيف المدينة", 1), ("read-more", "more/link", "اقرأ المزيد", 3)];

    private static string Data((string Text, string Kind)[] paragraphs, (string Kind, string Rule, string Text, int Position)[] removed, string? canonicalUrl) => JsonSerializer.Serialize(new
    {
        articleId = FakeNews.Id(0),
        revision = 1,
        canonicalUrl = canonicalUrl ?? "https://akhbar.example/story",
        subtitle = "Work on both bridges begins in spring, the first train runs a year later",
        text = string.Join('\n', paragraphs.Select(paragraph => paragraph.Text)),
        paragraphs = paragraphs.Select(paragraph => new { text = paragraph.Text, start = 0, end = 1, kind = paragraph.Kind }),
        wordCount = 120,
        authors = Authors,
        publisher = "The Harbour Gazette",
        tags = Tags,
        publishedAtSource = "json-ld",
        modifiedAt = "2026-11-21T11:00:00Z",
        firstSeenAt = "2026-11-21T11:00:00Z",
        fetchedAt = "2026-11-21T11:00:00.125Z",
        images = new[] { new { url = (string?)"https://harbour.example/a.jpg", caption = (string?)"The last train", credit = (string?)"Harbour Archive" }, new { url = (string?)null, caption = (string?)null, credit = (string?)"City Museum" } },
        sources = Sources,
        removed = removed.Select(removal => new { kind = removal.Kind, rule = removal.Rule, text = removal.Text, position = removal.Position }),
        quality = new { score = 0.914, truncated = true, paywalled = false, extractor = "html", rulesVersion = "2026-11-20" },
        feed = new { id = 1, url = "https://harbour.example/feed.xml" },
    });

    public static IEnumerable<FailureItem> Failures() =>
    [
        new(1, Job.RefreshFeed(3), 3, FakeNews.Hostile, "https://slow.example/feed", "slow.example", FailureKind.Transient, "The server did not answer within 30 seconds", 7, Now.AddDays(-1), Now.AddMinutes(-4), Now.AddMinutes(56)) { Status = 503 },
        new(2, Job.IngestArticle(FakeNews.Id(3)), 1, "The Harbour Gazette", "https://harbour.example/2026/11/story-3", "harbour.example", FailureKind.Permanent, "404 Not Found", 1, Now.AddHours(-2), Now.AddHours(-2), null) { Status = 404, Title = "A page that could not be read " + FakeNews.Hostile },
        new(3, Job.IngestArticle(FakeNews.Id(2)), 2, "أخبار المدينة اليوم", "https://akhbar.example/" + new string('y', 200), "akhbar.example", FailureKind.Poison, "The process died twice while it parsed this page " + FakeNews.Hostile, 2, Now.AddDays(-3), Now.AddDays(-2), null),
        new(4, Job.RefreshFeed(4), 4, null, "javascript:alert(4)", null, FailureKind.Transient, "InvalidOperationException: " + new string('z', 300), 2, Now.AddMinutes(-20), Now.AddMinutes(-10), Now.AddSeconds(40)),
        .. Enumerable.Range(5, 240).Select(id => new FailureItem(id, Job.RefreshFeed(id), id, $"Paper number {id}", $"https://paper{id}.example/rss.xml", "many.example", FailureKind.Transient, "503 Service Unavailable", 3, Now.AddHours(-id), Now.AddMinutes(-id), Now.AddMinutes(id))),
    ];

    public static IReadOnlyList<FailureAttempt> Attempts(FailureItem failure) =>
    [
        new(2, Now.AddMinutes(-4), failure.Kind, failure.Error, 503, "worker-1:77:00ff", "0af7651916cd43dd8448eb211c80319c",
        [
            new("https://slow.example/feed", Now.AddMinutes(-4), 301, TimeSpan.FromMilliseconds(84), 0, "198.51.100.7", new Dictionary<string, string> { ["server"] = FakeNews.Hostile }),
            new("https://slow.example/" + new string('u', 200), Now.AddMinutes(-4), 503, TimeSpan.FromSeconds(1.25), 18_200, "198.51.100.7", new Dictionary<string, string> { ["content-type"] = "text/html", ["retry-after"] = "120", ["via"] = new string('v', 200) }),
        ]),
        new(1, Now.AddDays(-1), FailureKind.Transient, "no whole answer within 30 s " + FakeNews.Hostile, null, null, null, []),
    ];

    public static ReceivedPage Received() => new("https://slow.example/feed", "text/html; charset=utf-8", Now.AddMinutes(-4), 400_000, Encoding.UTF8.GetBytes("<h1>Überlast</h1>\n" + FakeNews.Hostile + new string('w', 400)));

    public static IEnumerable<DeliverySummary> Deliveries() =>
    [
        new("jsonl", false, 18_243, 18_243, 0, null, 0, Now.AddSeconds(-9), 0, null, null),
        new("webhook", false, 17_001, 17_001, 1242, Now.AddHours(-3), 3, Now.AddHours(-3), 6, "503 Service Unavailable from https://queue.example/ingest " + new string('q', 120), Now.AddMinutes(4)),
        new("rabbitmq", true, 0, 0, 18_243, Now.AddDays(-2), 0, null, 1, "410 Gone", null),
    ];

    public static IEnumerable<DeadLetter> DeadLetters() =>
    [
        new("webhook", 41, $"{FakeNews.Id(0)}:1", "400 Bad Request: " + FakeNews.Hostile, Now.AddHours(-4), Replaying: false),
        new("webhook", 42, $"{FakeNews.Id(1)}:1", "413 Content Too Large", Now.AddHours(-5), Replaying: false),
        new("webhook", 43, $"{FakeNews.Id(3)}:1", "413 Content Too Large", Now.AddDays(-5), Replaying: true),
    ];
}
