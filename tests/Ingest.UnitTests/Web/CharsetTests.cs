using System.Text;
using Ingest.Core.Web;

namespace Ingest.UnitTests.Web;

public sealed class CharsetTests
{
    [Theory]
    [InlineData("plain", "text/html; charset=utf-8", "utf-8")]
    [InlineData("quoted", "text/html; charset=\"ISO-8859-1\"; x=y", "ISO-8859-1")]
    [InlineData("single quotes and spaces", "text/xml;charset = 'koi8-r' ", "koi8-r")]
    [InlineData("none", "text/html", null)]
    [InlineData("empty", "text/html; charset=", null)]
    [InlineData("a colon", "text/html; charset:utf-8", null)]
    [InlineData("no header", null, null)]
    public void Charset_of_a_content_type(string why, string? contentType, string? expected)
    {
        Assert.False(string.IsNullOrEmpty(why));
        Assert.Equal(expected, Charset.FromContentType(contentType));
    }

    [Theory]
    [InlineData("utf8", "utf-8")]
    [InlineData("latin1", "windows-1252")]
    [InlineData("ISO-8859-1", "windows-1252")]
    [InlineData("gb2312", "gb18030")]
    [InlineData("cp866", "cp866")]
    [InlineData("iso-8859-16", "iso-8859-16")]
    public void Names_are_read_as_the_web_uses_them(string name, string expected) => Assert.Equal(expected, Charset.Find(name)?.WebName);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-such-charset")]
    [InlineData("utf-7")]
    [InlineData("65000")]
    public void Names_that_mean_nothing_or_harm_are_null(string? name) => Assert.Null(Charset.Find(name));

    [Fact]
    public void A_meta_element_names_the_charset_of_a_page()
    {
        var page = Charset.Find("windows-1251")!.GetBytes("<!doctype html><html><head><meta charset=\"windows-1251\"><title>Порт</title>");
        var decoded = Charset.Decode(page);
        Assert.Contains("<title>Порт", decoded.Text, StringComparison.Ordinal);
        Assert.False(decoded.Repaired);
    }

    [Fact]
    public void The_older_meta_element_does_too()
    {
        var page = Charset.Find("euc-kr")!.GetBytes("<html><meta name=x><meta http-equiv='Content-Type' content='text/html; charset=euc-kr'><p>한국 뉴스");
        Assert.Contains("한국 뉴스", Charset.Decode(page).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_outranks_everything_and_is_taken_off()
    {
        var decoded = Charset.Decode([0xEF, 0xBB, 0xBF, .. "é"u8], "text/html; charset=iso-8859-1");
        Assert.Equal(new DecodedText("é", "utf-8", Repaired: false), decoded);
    }

    [Fact]
    public void A_charset_that_does_not_fit_yields()
    {
        var decoded = Charset.Decode(Encoding.Latin1.GetBytes("déjà vu"), "text/html; charset=utf-8");
        Assert.Equal(new DecodedText("déjà vu", "windows-1252", Repaired: true), decoded);
    }

    [Fact]
    public void A_few_foreign_bytes_do_not_spoil_the_rest()
    {
        var decoded = Charset.Decode([.. "Größe, Länge und Höhe, na"u8, 0xEF, .. "ve"u8], "text/html; charset=utf-8");
        Assert.Equal("Größe, Länge und Höhe, naïve", decoded.Text);
        Assert.True(decoded.Repaired);
    }

    [Fact]
    public void No_bytes_are_no_text() => Assert.Equal("", Charset.Decode([]).Text);
}
