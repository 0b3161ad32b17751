using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles.Metadata;

/// <summary>What a page says of its article, read through the whole extractor.</summary>
public sealed class PageMetadataTests
{
    private static CleanArticle Page(string head, string above = "<h1>Ferry terminal opens at last</h1>", string below = "", string lang = "en") =>
        Reading.Html($"<html lang='{lang}'><head>{head}</head><body><article>{above}<p>{Reading.First}</p><p>{Reading.Second}</p><p>{Reading.First}</p>{below}</article></body></html>");

    private static string? Day(CleanArticle article) => article.PublishedAt?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Pictures_are_relative_to_the_base_element()
    {
        var article = Page("<base href='https://cdn.example/root/'>", below: "<figure><img src='boat.jpg' width=800 height=600></figure>");
        Assert.Equal("https://cdn.example/root/boat.jpg", Assert.Single(article.Images).Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("plain", """{"@type":"NewsArticle","headline":"Ferry terminal opens at last","datePublished":"2021-03-15","author":{"@type":"Person","name":"Erika Muster"}}""")]
    [InlineData("a graph with references", """{"@graph":[{"@type":"Article","datePublished":"2021-03-15","author":{"@id":"#erika"}},{"@type":"Person","@id":"#erika","name":"Erika Muster"}]}""")]
    [InlineData("an array, teasers first", """[{"@type":"NewsArticle","headline":"Something else","datePublished":"2020-01-01","author":"Max Beispiel"},{"@type":"NewsArticle","headline":"Ferry terminal opens at last","datePublished":"2021-03-15","author":"Erika Muster"}]""")]
    [InlineData("the page's main entity", """{"@type":"WebPage","datePublished":"2019-01-01","mainEntity":{"@type":"NewsArticle","datePublished":"2021-03-15","author":["Erika Muster"]}}""")]
    [InlineData("a comma too many", """{"@type":"NewsArticle","datePublished":"2021-03-15","author":"Erika Muster",}""")]
    [InlineData("a line break in a string", "{\"@type\":\"NewsArticle\",\"description\":\"one\ntwo\",\"datePublished\":\"2021-03-15\",\"author\":\"Erika Muster\"}")]
    [InlineData("a stray backslash", """{"@type":"NewsArticle","description":"it\'s","datePublished":"2021-03-15","author":"Erika Muster"}""")]
    [InlineData("a bracket too many", """{"@type":"NewsArticle","datePublished":"2021-03-15","author":"Erika Muster"}}""")]
    [InlineData("inside of CDATA marks", "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-15\",\"author\":\"Erika Muster\"}\n//]]>")]
    [InlineData("quotes as entities", "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2021-03-15&quot;,&quot;author&quot;:&quot;Erika Muster&quot;}")]
    [InlineData("given and family name", """{"@type":"NewsArticle","datePublished":"2021-03-15","author":{"@type":"Person","givenName":"Erika","familyName":"Muster"}}""")]
    public void Json_ld_is_read_however_it_is_written(string reason, string json)
    {
        // Two pages' titles cannot be told apart without the head's.
        var article = Page($"<title>Ferry terminal opens at last</title><script type='application/ld+json'>{json}</script>");

        Assert.True(Day(article) == "2021-03-15" && article.PublishedAtSource == "json-ld", $"{reason}: {article.PublishedAt}");
        Assert.Equal(["Erika Muster"], article.Authors);
    }

    [Theory]
    [InlineData("a line below the headline", "<h1>Ferry terminal opens at last</h1><div>15 March 2021</div>", "2021-03-15")]
    [InlineData("a line above the headline", "<div>15 March 2021</div><h1>Ferry terminal opens at last</h1>", "2021-03-15")]
    [InlineData("with the author", "<h1>Ferry terminal opens at last</h1><div>Erika Muster | 15 March 2021, 10:00</div>", "2021-03-15")]
    [InlineData("published before changed", "<h1>Ferry terminal opens at last</h1><div>Updated: 17 March 2021</div><div>Published: 15 March 2021</div>", "2021-03-15")]
    [InlineData("changed where nothing else is said", "<h1>Ferry terminal opens at last</h1><div>Updated: 17 March 2021</div>", "2021-03-17")]
    [InlineData("a time element", "<h1>Ferry terminal opens at last</h1><time datetime='2021-03-15T10:00:00Z'>Monday</time>", "2021-03-15")]
    [InlineData("microdata", "<h1>Ferry terminal opens at last</h1><meta itemprop='datePublished' content='2021-03-15'>", "2021-03-15")]
    [InlineData("microdata right above the headline, in whatever container", "<div class='related-posts'><time itemprop='datePublished' datetime='2021-03-15'>15 March</time></div><h1>Ferry terminal opens at last</h1>", "2021-03-15")]
    [InlineData("before the first sentence", "<h1>Ferry terminal opens at last</h1><p>15 March 2021. The harbour of the town has been waiting for its new terminal for many years, and now it has one.</p>", "2021-03-15")]
    [InlineData("no date: a judgement's", "<h1>Ferry terminal opens at last</h1><p>The town appealed against the judgement of the high court published 20 May 2019, which had stopped the works at the quay.</p>", null)]
    [InlineData("no date: the label above is another's", "<h1>Ferry terminal opens at last</h1><div>Available until:</div><div>15 March 2022</div>", null)]
    [InlineData("no date: a time ago", "<h1>Ferry terminal opens at last</h1><div>3 hours ago</div>", null)]
    [InlineData("no date: a copyright", "<h1>Ferry terminal opens at last</h1><div>© 2021 The Harbour Post</div>", null)]
    public void The_date_that_the_page_shows_counts_where_none_is_declared(string reason, string above, string? expected) =>
        Assert.True(Day(Page("", above)) == expected, reason);

    [Fact]
    public void Dates_of_comments_and_teasers_are_not_the_articles() =>
        Assert.Null(Page("", below: "<ol class='comment-list'><li>Jo, 15 March 2021</li></ol><aside><time datetime='2020-01-01'>1 January 2020</time></aside>").PublishedAt);

    [Fact]
    public void The_pages_clock_gives_a_time_in_UTC_its_offset()
    {
        var article = Page("<meta property='article:published_time' content='2021-03-15T23:30:00Z'>", "<h1>Ferry terminal opens at last</h1><div>16.03.2021, 00:30 Uhr</div>", lang: "de");

        Assert.Equal(TimeSpan.FromHours(1), article.PublishedAt?.Offset);
        Assert.Equal(new DateTimeOffset(2021, 3, 15, 23, 30, 0, TimeSpan.Zero), article.PublishedAt);
    }

    [Fact]
    public void A_declared_date_with_day_and_month_exchanged_gives_way_to_the_shown_one() =>
        Assert.Equal("2021-11-03", Day(Page("<meta property='article:published_time' content='2021-03-11T08:00:00Z'>", "<h1>Ferry terminal opens at last</h1><div>3 November 2021</div>")));

    [Theory]
    [InlineData("a vague name gives way", "<meta name='date' content='2021-04-20'>", "<div class='date'>15 March 2021</div>", "2021-03-15", "text")]
    [InlineData("a vague name is better than none", "<meta name='date' content='2021-04-20'>", "", "2021-04-20", "meta")]
    [InlineData("a plain name stays", "<meta property='article:published_time' content='2021-03-10'>", "<div class='date'>15 March 2021</div>", "2021-03-10", "meta")]
    [InlineData("between two that differ", """<meta property='article:published_time' content='2021-03-15T09:00:00+01:00'><script type='application/ld+json'>{"@type":"NewsArticle","datePublished":"2021-03-10"}</script>""", "<div>15 March 2021</div>", "2021-03-15", "meta")]
    [InlineData("a film's date is not the page's", """<meta property='article:published_time' content='2021-03-15'><script type='application/ld+json'>{"@type":"VideoObject","uploadDate":"2019-01-10"}</script>""", "", "2021-03-15", "meta")]
    [InlineData("a day that UTC has not reached", "<meta property='article:published_time' content='2021-03-14T23:11:59+00:00'>", "<div>15 March 2021</div>", "2021-03-15", "meta")]
    [InlineData("a day that UTC has left", "<meta property='article:published_time' content='2021-03-16T02:00:00Z'>", "<div>15 March 2021</div>", "2021-03-15", "meta")]
    public void The_shown_date_decides_between_those_declared(string reason, string head, string line, string expected, string source)
    {
        var article = Page(head, $"<h1>Ferry terminal opens at last</h1>{line}");

        Assert.True(Day(article) == expected && article.PublishedAtSource == source, $"{reason}: {article.PublishedAt} {article.PublishedAtSource}");
    }

    [Theory]
    [InlineData("a person before the site", "<meta property='og:site_name' content='Harbour Post'><meta name='author' content='Harbour Post'>", "<div class='byline'>By Erika Muster</div>", "Erika Muster")]
    [InlineData("a link to the author", "", "<div>15 March 2021 <a rel='author' href='/a/1'>Erika Muster</a></div>", "Erika Muster")]
    [InlineData("microdata in its scope", "", "<span itemprop='author' itemscope><span itemprop='name'>Erika Muster</span><span itemprop='jobTitle'>Reporter</span></span>", "Erika Muster")]
    [InlineData("a class", "", "<span class='article-author'>Erika Muster</span>", "Erika Muster")]
    [InlineData("a line with the date", "", "<div>Erika Muster, 15.03.2021</div>", "Erika Muster")]
    [InlineData("behind other words", "", "<div class='meta'>Posted in Ports by seagull77 on March 15, 2021</div>", "seagull77")]
    [InlineData("below a label", "", "<aside><p>By</p><p>Erika Muster</p><p>Date</p><p>15 March 2021</p></aside>", "Erika Muster")]
    [InlineData("a part of a line", "", "<div>15 March 2021 // Author: Erika Muster // 2 minutes</div>", "Erika Muster")]
    [InlineData("a nickname at the headline before the head's name", "<meta name='author' content='Max Beispiel'>", "<div>Written by seagull on 15 March 2021</div>", "seagull")]
    [InlineData("the line at the headline before the program's account", """<script type='application/ld+json'>{"@type":"NewsArticle","author":{"@type":"Person","name":"Max Beispiel"}}</script>""", "<div>By Erika Muster</div>", "Erika Muster")]
    [InlineData("nobody: whom an interview is with", "", "<div>Interview with Erika Muster</div>", "")]
    [InlineData("nobody: a picture's maker", "", "<div>Martin Beispiel (Photo: Harbour)</div>", "")]
    [InlineData("the team, where it is all there is", "", "<div class='author'>Redaktion</div>", "Redaktion")]
    [InlineData("nobody: a section", "", "<div>Latest News, 15 March 2021</div>", "")]
    [InlineData("nobody: whom the headline names", "", "<div>Ferry Terminal</div>", "")]
    public void Authors_are_those_who_wrote(string reason, string head, string byline, string expected) =>
        Assert.True(string.Join("; ", Page(head, $"<h1>Ferry terminal opens at last</h1>{byline}").Authors) == expected, $"{reason}: {string.Join("; ", Page(head, $"<h1>Ferry terminal opens at last</h1>{byline}").Authors)}");

    [Theory]
    [InlineData("the site behind", "<title>Ferry terminal opens at last | Harbour Post</title>", "<h1>Ferry terminal opens at last</h1>", "Ferry terminal opens at last")]
    [InlineData("the site in front", "<meta property='og:site_name' content='Harbour Post'><title>Harbour Post - Ferry terminal opens at last</title>", "<div></div>", "Ferry terminal opens at last")]
    [InlineData("the site's own heading", "<title>Ferry terminal opens at last - The Harbour Post</title>", "<h1>The Harbour Post</h1><h2>Ferry terminal opens at last</h2>", "Ferry terminal opens at last")]
    [InlineData("the site and its section in front", "<title>Four Harbours » Ports » Ferry terminal opens at last</title>", "<h1>Four Harbours</h1><div>Menu</div><div>Search</div><h2>Ferry terminal opens at last</h2>", "Ferry terminal opens at last")]
    [InlineData("its sub-title is longer", "<title>Open at last, and open to all - The ferry terminal of the town begins its work today : Harbour Post</title>", "<h1>Open at last, and open to all</h1><h2>The ferry terminal of the town begins its work today</h2>", "Open at last, and open to all")]
    [InlineData("the head says something else", "<title>The Harbour Post of the town</title>", "<h2>Ferry terminal opens at last</h2>", "Ferry terminal opens at last")]
    [InlineData("no heading, the site behind", "<title>Ferry terminal opens at last - HP</title>", "<div>Ferry terminal opens at last</div>", "Ferry terminal opens at last")]
    [InlineData("a part like the site's name", "<meta property='og:site_name' content='Ferryterminal24'><meta property='og:title' content='Ferry terminal – what to know'><title>Ferry terminal – what to know | Ferryterminal24</title>", "<h1>Ferry terminal – what to know</h1>", "Ferry terminal – what to know")]
    [InlineData("a sign that is the title's", "<title>Ferry terminal - open at last | Harbour Post</title>", "<h1>Ferry terminal - open at last</h1>", "Ferry terminal - open at last")]
    [InlineData("a line over the headline, by class", "", "<h1><span class='kicker'>Transport</span> <span>Ferry terminal opens at last</span></h1>", "Ferry terminal opens at last")]
    [InlineData("a line over the headline, by the head", "<meta property='og:title' content='Ferry terminal opens at last'>", "<h1><span>Transport in town</span> <span>Ferry terminal opens at last</span></h1>", "Ferry terminal opens at last")]
    [InlineData("a date in front", "<title>15.03.2021 - Ferry terminal opens at last</title>", "<h1>15.03.2021 - Ferry terminal opens at last</h1>", "Ferry terminal opens at last")]
    [InlineData("the page's wording before the head's", "<meta property='og:title' content='Ferry terminal in town opens'>", "<h1>Ferry terminal opens at last</h1>", "Ferry terminal opens at last")]
    public void The_title_is_the_headline_without_what_stands_around_it(string reason, string head, string above, string expected) =>
        Assert.True(Page(head, above).Title == expected, $"{reason}: {Page(head, above).Title}");

    [Fact]
    public void Rights_are_handed_on()
    {
        var rights = Page("<meta name='robots' content='NOARCHIVE, max-snippet:50'><link rel='license' href='/terms'><meta name='tdm-reservation' content='1'><meta name='tdm-policy' content='https://news.example/tdm.json'>").Rights;

        Assert.NotNull(rights);
        Assert.Equal(["noarchive", "max-snippet:50"], rights.Robots);
        Assert.Equal("https://news.example/terms", rights.License);
        Assert.Equal(new TdmReservation(true, new Uri("https://news.example/tdm.json")), rights.Tdm);
        Assert.Null(Page("").Rights);
    }

    [Theory]
    [InlineData("said to everybody", "noarchive, max-snippet: 50", "noarchive|max-snippet: 50")]
    [InlineData("said to one agent", "noarchive, otherbot: noindex, nofollow", "noarchive")]
    [InlineData("nothing", "", "")]
    public void Headers_speak_where_the_page_does_not(string reason, string header, string expected)
    {
        var page = new PageInput(System.Text.Encoding.UTF8.GetBytes($"<p>{Reading.First}</p><p>{Reading.Second}</p>"), PageFormat.Html) { Use = new UseHeaders(header, "1", "https://news.example/tdm.json") };
        var rights = Assert.IsType<ExtractionOutcome.Extracted>(new ArticleExtractor().Extract(page)).Article.Rights!;
        Assert.True(string.Join('|', rights.Robots) == expected, $"{reason}: {string.Join('|', rights.Robots)}");
        Assert.Equal(new TdmReservation(true, new Uri("https://news.example/tdm.json")), rights.Tdm);
    }

    [Theory]
    [InlineData("JSON-LD", """<script type='application/ld+json'>{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>""", true)]
    [InlineData("a tier", "<meta property='article:content_tier' content='locked'>", true)]
    [InlineData("microdata", "<meta itemprop='isAccessibleForFree' content='false'>", true)]
    [InlineData("free", "<meta property='article:content_tier' content='free'>", false)]
    public void What_must_be_paid_for_says_so(string reason, string head, bool expected) => Assert.True(Page(head).Quality.Paywalled == expected, reason);

    [Theory]
    [InlineData("declared rightly", "en-GB", "en-GB")]
    [InlineData("declared wrongly", "de-DE", "en")]
    [InlineData("not declared", "", "en")]
    public void The_language_is_checked_against_the_text(string reason, string declared, string expected) => Assert.True(Page("", lang: declared).Language == expected, reason);

    [Fact]
    public void The_picture_that_the_page_is_shared_with_comes_first_and_keeps_its_caption()
    {
        var images = Page("<meta property='og:image' content='https://cdn.example/ferry-quay-1200x630.jpg'>",
            "<h1>Ferry terminal opens at last</h1><img src='/old-bridge.jpg'><figure><img src='https://cdn.example/ferry-quay.jpg?w=640'><figcaption>The first boat</figcaption></figure>").Images;

        Assert.Equal(["ferry-quay.jpg", "old-bridge.jpg"], images.Select(i => Path.GetFileName(i.Url.AbsolutePath)));
        Assert.Equal("The first boat", images[0].Caption);
    }
}
