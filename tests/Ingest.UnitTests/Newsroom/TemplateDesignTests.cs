using System.Text;
using AngleSharp.Html.Parser;
using Ingest.Newsroom;
using Ingest.Newsroom.Designs;

namespace Ingest.UnitTests.Newsroom;

public sealed class TemplateDesignTests
{
    private static readonly ILookup<string, NewsArticle> Written = new[] { DesignGroup.Practice, DesignGroup.Unseen }
        .SelectMany(group => NewsWorld.Generate(new NewsroomOptions { Designs = group, ArticlesPerSite = 2 }).Articles).ToLookup(article => article.Site.Design);

    /// <summary>Templates whose markup is wrong on purpose: no document type or one that HTML has given up, end tags left out, an XML declaration.</summary>
    private static readonly string[] Careless =
        [
        "br-soup", "drupal7-panels", "forum-board", "frames-1998", "latin9-gazette", "mobile-mdot", "phpnuke-portal", "plone-town", "storybody-cms", "uppercase-unclosed", "utf16-bulletin",
        "webforms-board",
    ];

    public static TheoryData<string> Names { get; } = [.. PageDesigns.Practice, .. PageDesigns.Unseen];

    [Fact]
    public void There_are_at_least_forty_of_each_group_and_none_is_in_another()
    {
        Assert.True(PageDesigns.Practice.Count >= 40);
        Assert.True(PageDesigns.Unseen.Count >= 40);
        string[] all = [.. PageDesigns.Names, .. PageDesigns.Practice, .. PageDesigns.Unseen];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(NewsWorld.Generate(new NewsroomOptions()).Sites, site => Assert.Contains(site.Design, PageDesigns.Names));
    }

    [Fact]
    public void No_two_templates_are_of_one_site()
    {
        var sites = PageDesigns.Templates(DesignGroup.Practice).Concat(PageDesigns.Templates(DesignGroup.Unseen)).Select(design => design.Site).ToList();

        Assert.Equal(sites.Count, sites.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_template_is_met_in_every_language(string name) =>
        Assert.Equal(["de", "en", "es", "fr", "it", "ja", "pl", "ru", "tr"], Written[name].Select(article => article.Language).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_shows_its_text_in_order_its_residue_and_nothing_else(string name)
    {
        foreach (var article in Written[name])
        {
            var visible = PageText.Visible(Sent(article));
            Assert.All(article.Residue.Where(r => !r.Hidden), r => Assert.Contains(PageText.Flat(r.Line), visible, StringComparison.Ordinal));
            AssertInOrder(article, visible);
            AssertNothingElse(article, visible);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Markup_has_only_the_errors_that_are_meant(string name)
    {
        var errors = new HashSet<string>();
        foreach (var article in Written[name])
        {
            var parser = new HtmlParser(new HtmlParserOptions());
            parser.Error += (_, error) => errors.Add(((AngleSharp.Html.Dom.Events.HtmlErrorEvent)error).Message);
            parser.ParseDocument(NewsWorld.Render(article));
        }

        Assert.True(errors.Count > 0 == Careless.Contains(name), string.Join('\n', errors));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_say_their_charset(string name)
    {
        var (body, contentType) = NewsWorld.RenderBytes(Written[name].First());
        var head = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 1024)));

        Assert.True(
            contentType.Contains("charset=", StringComparison.Ordinal) || head.Contains("charset=", StringComparison.Ordinal) || body is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0xEF, 0xBB, 0xBF, ..]
                || PageDesigns.Named(name).Encoding.CodePage is 1252 or 28591);
    }

    [Theory]
    [InlineData("an unknown setting", "site: X\ncolour: red\n---\n{{body}}")]
    [InlineData("a kind's setting twice", "site: X\nbyline: $text\nbyline: $text\n---\n{{body}}")]
    [InlineData("a setting without a value", "site: X\nstyle:\n---\n{{body}}")]
    [InlineData("an unknown style", "site: X\nstyle: Baroque\n---\n{{body}}")]
    [InlineData("no site", "style: Bem\n---\n{{body}}")]
    [InlineData("no rule", "site: X\n{{body}}")]
    [InlineData("an unknown slot", "site: X\n---\n{{body}}{{colour}}")]
    [InlineData("markup for a whole element", "site: X\n---\n{{body}}{{json-ld: $text}}")]
    [InlineData("an open slot", "site: X\n---\n{{body}}{{title")]
    [InlineData("no body", "site: X\n---\n{{title}}")]
    [InlineData("two bodies", "site: X\n---\n{{body}}{{body}}")]
    [InlineData("a block without its text", "site: X\nparagraph: <p></p>\n---\n{{body}}")]
    [InlineData("a kind without its text", "site: X\nbyline: <p></p>\n---\n{{body}}")]
    [InlineData("five parts", "site: X\nbyline: $text | $text | $text | $text | $text\n---\n{{body}}")]
    [InlineData("an unknown kind inside", "site: X\ninside: 3 colour\n---\n{{body}}")]
    [InlineData("an unknown slot inside", "site: X\ninside: 3 <p>{{colour}}</p>\n---\n{{body}}")]
    [InlineData("a box inside without furniture", "site: X\ninside: 3 <p>{{title}}</p>\n---\n{{body}}")]
    [InlineData("an uncountable place", "site: X\nbetween: none <hr>\n---\n{{body}}")]
    public void A_wrong_template_is_refused(string why, string text) =>
        Assert.True(Record.Exception(() => new TemplateDesign(Template.Parse("wrong", text))) is InvalidOperationException or FormatException, why);

    [Fact]
    public void Settings_shape_the_body()
    {
        var design = new TemplateDesign(Template.Parse("right", "site: X\nlead: <p class=\"lead\">$text</p>\nlist: <ol>$text</ol>\nbetween: 2 <hr>\nbyline: <i>$text</i> | <b>$text</b>\n---\n{{title: <h1>$text</h1>}}|{{body}}|{{subtitle: <h2>$text</h2>}}"));
        Piece[] body =
        [
            new Piece.Leftover("byline", ["By A & B"], Dress.Marked), new Piece.Words(WordsKind.Paragraph, "One."), new Piece.Words(WordsKind.ListItem, "Two."),
            new Piece.Words(WordsKind.ListItem, "Three."), new Piece.Words(WordsKind.Paragraph, "Four."),
        ];

        var html = design.Render(new Page("X", "en", "T < U", body, [])).ReplaceLineEndings("");

        Assert.Equal("<h1>T &lt; U</h1>|<i><b>By A &amp; B</b></i><p class=\"lead\">One.</p><ol><li>Two.</li><li>Three.</li></ol><hr><p>Four.</p>|", html);
    }

    [Fact]
    public void Furniture_comes_in_shapes_and_several_kinds_in_one_box()
    {
        var design = new TemplateDesign(Template.Parse(
            "right",
            "site: X\nlead: <p><b>$initial</b>$text</p>\ninside: 1 <aside>{{related-links.teasers: <ul>$text</ul> | <h4>$text</h4> | <li><a href=\"$href\">$text</a> $text <i>$text</i></li>}}{{caption: <u>$text</u>}}</aside>\n---\n{{body}}"));
        Piece[] body = [new Piece.Words(WordsKind.Paragraph, "“One & two.”"), new Piece.Words(WordsKind.Paragraph, "Three.")];
        Piece.Leftover[] furniture =
        [
            new("related-links", ["More", "Four", "Five", "6 h", "Seven", "Eight", "9 h"], Dress.Marked) { Shape = "related-links.teasers" },
            new("related-links", ["Ten"], Dress.Marked), new("caption", ["Eleven"], Dress.Marked),
        ];

        var html = design.Render(new Page("X", "en", "T", body, furniture)).ReplaceLineEndings("");

        Assert.Equal(["related-links.teasers", "caption"], design.Furniture);
        Assert.Equal(
            "<p><b>“O</b>ne &amp; two.”</p><aside><ul><h4>More</h4><li><a href=\"/r/four\">Four</a> Five <i>6 h</i></li><li><a href=\"/r/seven\">Seven</a> Eight <i>9 h</i></li></ul><u>Eleven</u></aside><p>Three.</p>",
            html);
    }

    private static void AssertInOrder(NewsArticle article, string visible)
    {
        var at = 0;
        foreach (var line in article.Text)
        {
            at = visible.IndexOf(PageText.Flat(line), at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{article.Path}: {line}");
            at += line.Length;
        }
    }

    private static void AssertNothingElse(NewsArticle article, string visible)
    {
        string[] known = [article.Title, article.Subtitle ?? "", .. article.Text, .. article.Residue.Select(r => r.Line)];
        foreach (var line in known.Where(line => line.Length > 0).OrderByDescending(line => line.Length))
        {
            visible = visible.Replace(PageText.Flat(line), "", StringComparison.Ordinal);
        }
        Assert.DoesNotContain(visible, char.IsLetterOrDigit);
    }

    /// <summary>The page as its bytes tell it: what a charset cannot hold must not have been lost.</summary>
    private static string Sent(NewsArticle article) =>
        PageDesigns.Named(article.Site.Design).Encoding.GetString(NewsWorld.RenderBytes(article).Body).TrimStart('\uFEFF');
}
