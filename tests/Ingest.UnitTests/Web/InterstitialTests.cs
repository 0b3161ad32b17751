using System.Text;
using Ingest.Core.Web;

namespace Ingest.UnitTests.Web;

public sealed class InterstitialTests
{
    private static readonly Uri Asked = new("https://news.example/a/story");

    [Theory]
    [InlineData("as the standard has it", "<meta http-equiv=\"refresh\" content=\"0; url=https://news.example/b\">", "https://news.example/b")]
    [InlineData("single quotes within", "<meta http-equiv=refresh content=\"0;URL='/b?x=1&amp;y=2'\">", "https://news.example/b?x=1&y=2")]
    [InlineData("attributes the other way round", "<META content='1,url=b' HTTP-EQUIV='Refresh'/>", "https://news.example/a/b")]
    [InlineData("without url=", "<meta http-equiv=refresh content='3; /b'>", "https://news.example/b")]
    [InlineData("a fraction of a second", "<meta http-equiv=refresh content='0.5; url=/b'>", "https://news.example/b")]
    [InlineData("within noscript", "<noscript><meta http-equiv=refresh content='0;url=/b'></noscript>", "https://news.example/b")]
    [InlineData("a page that waits long", "<meta http-equiv=refresh content='300;url=/b'>", null)]
    [InlineData("a page that reloads itself", "<meta http-equiv=refresh content='5'>", null)]
    [InlineData("a page that names itself", "<meta http-equiv=refresh content='0;url=/a/story'>", null)]
    [InlineData("no http", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", null)]
    [InlineData("nonsense", "<meta http-equiv=refresh content='soon;url=/b'>", null)]
    [InlineData("another meta", "<meta name=refresh content='0;url=/b'>", null)]
    [InlineData("in a script", "<script>'<meta http-equiv=refresh content=\"0;url=/b\">'</script>", null)]
    [InlineData("nothing", "", null)]
    public void A_page_that_sends_on_is_told_by_its_meta(string reason, string html, string? target)
    {
        var found = Of(html, Asked);
        Assert.True(found?.Target?.AbsoluteUri == target, $"{reason}: {found}");
        Assert.True(target is null || found!.Kind == InterstitialKind.MetaRefresh, reason);
    }

    [Fact]
    public void A_page_with_a_text_of_its_own_is_none() =>
        Assert.Null(Of("<meta http-equiv=refresh content='0;url=/b'><p>" + string.Join(' ', Enumerable.Repeat("word", 200)), Asked));

    [Theory]
    [InlineData("led to a host for consent", "https://consent.news.example/?return=x", "<h1>Hello</h1><p>We and our partners", true)]
    [InlineData("led to a path for consent", "https://news.example/cookiewall?to=x", "<p>We and our partners", true)]
    [InlineData("asked in place", "https://news.example/a/story", "<title>Before you continue</title><form><button>Accept</button></form>", true)]
    [InlineData("asked in place, in German", "https://news.example/a/story", "<h1>Ihre Zustimmung</h1><button>Akzeptieren</button>", true)]
    [InlineData("led elsewhere", "https://news.example/b", "<h1>Harbour wall</h1><button>Share</button>", false)]
    [InlineData("a title and nothing to press", "https://news.example/a/story", "<h1>The cookie that crumbled</h1><p>Once upon a time", false)]
    public void A_page_that_wants_consent_is_told_by_its_address_or_its_title(string reason, string url, string html, bool consent) =>
        Assert.True((Of(html, new Uri(url))?.Kind == InterstitialKind.Consent) == consent, reason);

    [Fact]
    public void An_article_about_consent_is_an_article()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 700));
        Assert.Null(Of($"<h1>Cookie law</h1><button>Share</button><p>{words}", new Uri("https://news.example/gdpr/what-changes")));
        Assert.Null(Interstitial.Of(Encoding.UTF8.GetBytes("<h1>Short</h1>"), null, new Uri("https://news.example/gdpr"), new Uri("https://news.example/gdpr/")));
    }

    [Fact]
    public void Whatever_comes_nothing_is_thrown()
    {
        var random = new Random(7);
        var seed = "<title>Cookie</title><meta http-equiv=refresh content='0;url=/b'><form><button>x</button></form>"u8.ToArray();
        for (var i = 0; i < 3000; i++)
        {
            var body = seed.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) body[random.Next(body.Length)] = (byte)random.Next(256);
            Interstitial.Of(body.AsSpan(0, random.Next(body.Length)), null, Asked, Asked);
        }
    }

    private static Interstitial? Of(string html, Uri url) => Interstitial.Of(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", Asked, url);
}
