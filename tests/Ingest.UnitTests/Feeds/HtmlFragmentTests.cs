using Ingest.Core.Feeds.Markup;

namespace Ingest.UnitTests.Feeds;

public sealed class HtmlFragmentTests
{
    private static readonly Uri Base = new("https://a.example/dir/page");

    [Theory]
    [InlineData("a script and its text go", "a<script>alert('<b>')</script>b", "ab")]
    [InlineData("a script without an end takes the rest", "a<script>alert(1)", "a")]
    [InlineData("a style goes", "<style>p{}</style><p>x</p>", "<p>x</p>")]
    [InlineData("an unknown element goes and its text stays", "<blink>x</blink>", "x")]
    [InlineData("a frame goes", "<iframe src='https://b.example/'></iframe>x", "x")]
    [InlineData("event handlers go", "<p onclick='x()' class=\"c\">x</p>", "<p class=\"c\">x</p>")]
    [InlineData("style attributes go", "<p style='background:url(x)'>x</p>", "<p>x</p>")]
    [InlineData("addresses become absolute", "<a href='../b?x=1&amp;y=2'>x</a>", "<a href=\"https://a.example/b?x=1&amp;y=2\">x</a>")]
    [InlineData("schemes that run go", "<a href='javascript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("also with references and spaces in them", "<a href='java&#10;script&colon;alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("pictures in the address stay", "<img src='data:image/png;base64,AAAA'>", "<img src=\"data:image/png;base64,AAAA\" />")]
    [InlineData("pages in the address go", "<a href='data:text/html,x'>x</a>", "<a>x</a>")]
    [InlineData("quotes cannot break out", "<a title='\"><script>'>x</a>", "<a title=\"&quot;&gt;&lt;script&gt;\">x</a>")]
    [InlineData("comments go", "a<!-- <script> -->b", "ab")]
    [InlineData("escaped markup stays escaped", "&lt;script&gt;", "&lt;script&gt;")]
    [InlineData("what is open is closed", "<p><b>x", "<p><b>x</b></p>")]
    [InlineData("an end without a beginning goes", "x</div></p>", "x")]
    [InlineData("crossed elements are put in order", "<b><i>x</b></i>", "<b><i>x</i></b>")]
    [InlineData("a bare bracket is text", "1 < 2 & 3", "1 &lt; 2 &amp; 3")]
    [InlineData("a name in capitals", "<P>x</P>", "<p>x</p>")]
    public void Fragment_is_built_from_what_is_allowed(string why, string html, string expected)
    {
        Assert.False(string.IsNullOrEmpty(why));
        Assert.Equal(expected, HtmlFragment.Sanitize(html, Base));
    }

    [Theory]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("java\u0002script:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("vbscript:x")]
    public void Without_a_base_no_disguised_scheme_gets_through(string address) =>
        Assert.Equal("<a>x</a>", HtmlFragment.Sanitize($"<a href='{address}'>x</a>", baseUrl: null));

    [Theory]
    [InlineData("<p>one</p><p>two</p>", "one two")]
    [InlineData("  a <b>b</b>c\n d ", "a bc d")]
    [InlineData("AT&amp;T &copy; &#8217;", "AT&T © ’")]
    [InlineData("x<script>y</script>", "x")]
    public void Visible_text_has_words_only(string html, string expected) => Assert.Equal(expected, HtmlFragment.ToText(html));

    [Fact]
    public void A_safe_fragment_is_its_own_safe_form()
    {
        foreach (var document in GoldenFiles.In("feeds"))
        {
            var once = HtmlFragment.Sanitize(System.Text.Encoding.Latin1.GetString(GoldenFiles.Read(document)), Base);
            Assert.Equal(once, HtmlFragment.Sanitize(once, Base));
        }
    }
}
