using Ingest.Core.Web;

namespace Ingest.UnitTests.Web;

public sealed class UrlCanonicalizerTests
{
    [Theory]
    [InlineData("case of scheme and host", "HTTP://WWW.Example.COM/Path", "http://www.example.com/Path")]
    [InlineData("the default port", "https://a.example:443/x", "https://a.example/x")]
    [InlineData("another port stays", "https://a.example:8443/x", "https://a.example:8443/x")]
    [InlineData("an empty path", "https://a.example", "https://a.example/")]
    [InlineData("the fragment", "https://a.example/x#part", "https://a.example/x")]
    [InlineData("tracking", "https://a.example/x?utm_source=rss&UTM_Medium=feed&fbclid=1&gclid=2", "https://a.example/x")]
    [InlineData("the other parameters keep their order", "https://a.example/x?b=2&utm_id=9&a=1&b=3", "https://a.example/x?b=2&a=1&b=3")]
    [InlineData("empty parameters", "https://a.example/x?&a=1&&", "https://a.example/x?a=1")]
    [InlineData("an empty query", "https://a.example/x?", "https://a.example/x")]
    [InlineData("names that only begin alike stay", "https://a.example/x?utmost=1&source=2&ref=3", "https://a.example/x?utmost=1&source=2&ref=3")]
    [InlineData("dots in the path", "https://a.example/a/../b/./c", "https://a.example/b/c")]
    [InlineData("an international host", "https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC")]
    [InlineData("a host with a dot at its end", "https://a.example./x", "https://a.example/x")]
    [InlineData("a numeric host", "http://[::1]:80/x", "http://[::1]/x")]
    [InlineData("credentials", "https://user:secret@a.example/x", "https://a.example/x")]
    public void Two_addresses_of_one_page_become_the_same(string why, string url, string expected)
    {
        var canonical = UrlCanonicalizer.Canonicalize(new Uri(url));
        Assert.True(canonical is not null, why);
        Assert.Equal(expected, canonical.AbsoluteUri);
        Assert.Equal(canonical, UrlCanonicalizer.Canonicalize(canonical));
    }

    [Fact]
    public void Http_and_https_are_not_merged() =>
        Assert.NotEqual(UrlCanonicalizer.Canonicalize(new Uri("http://a.example/")), UrlCanonicalizer.Canonicalize(new Uri("https://a.example/")));

    [Theory]
    [InlineData("mailto:desk@a.example")]
    [InlineData("ftp://a.example/x")]
    [InlineData("file:///etc/hosts")]
    [InlineData("/relative")]
    public void What_is_no_web_address_is_null(string url) => Assert.Null(UrlCanonicalizer.Canonicalize(new Uri(url, UriKind.RelativeOrAbsolute)));
}
