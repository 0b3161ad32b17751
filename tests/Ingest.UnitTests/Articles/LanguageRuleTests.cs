using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles;

/// <summary>Single lines in scripts that have no capitals, no spaces or other marks: what goes, and what looks alike and stays.</summary>
public sealed class LanguageRuleTests
{
    private const string ChineseFirst = "港口城市的新渡轮码头周二正式启用，比原计划晚了两年，造价也大大超出预算，市政府有关负责人表示。";
    private const string ChineseSecond = "自从老桥关闭以来，居民一直盼望恢复摆渡，许多人赶到码头，目送第一班渡轮离岸。";
    private const string ArabicFirst = "افتتحت مدينة الميناء يوم الثلاثاء محطة العبارات الجديدة، بعد عامين من الموعد المقرر وبكلفة تجاوزت الميزانية كثيرا.";
    private const string ArabicSecond = "وكان السكان ينتظرون خط العبور منذ إغلاق الجسر القديم، وجاء كثيرون منهم لمشاهدة السفينة الأولى وهي تغادر الرصيف.";

    [Theory]
    [InlineData("comment-list", "网友评论（12）")]
    [InlineData("comment-form", "登录后才能评论")]
    [InlineData("photo-credit", "（图源：视觉中国）")]
    [InlineData("photo-credit", "李海宁 摄")]
    [InlineData("caption", "图1：码头平面图")]
    [InlineData("byline", "（责任编辑：王小舟）")]
    [InlineData("byline", "本报记者李海宁")]
    [InlineData("dateline-label", "2024年3月12日 星期二 10:05")]
    [InlineData("source-list", "（来源：海岸通讯社）")]
    [InlineData("share-bar", "微信 微博 复制链接")]
    [InlineData("stray-counter", "1.2万次阅读")]
    [InlineData("tag-list", "標籤：渡輪、港口")]
    [InlineData("newsletter", "长按识别二维码关注我们")]
    [InlineData("disclaimer", "本文仅代表作者观点，不代表本站立场。")]
    [InlineData("site-template", "（完）")]
    [InlineData("photo-credit", "撮影＝浜田みなと")]
    [InlineData("byline", "文責：浜田みなと")]
    [InlineData("dateline-label", "2024年3月12日（火）10時05分配信")]
    [InlineData("advertisement", "記事は広告の後に続きます")]
    [InlineData("read-more", "全文を読む")]
    public void A_Chinese_or_Japanese_line_below_the_text_goes_as_its_kind(string kind, string line) => Goes(kind, line, ChineseFirst, ChineseSecond);

    [Theory]
    [InlineData("photo-credit", "الصورة: رويترز")]
    [InlineData("byline", "بقلم ليلى البحري")]
    [InlineData("dateline-label", "الثلاثاء ١٢ مارس ٢٠٢٤")]
    [InlineData("share-bar", "فيسبوك تويتر واتساب")]
    [InlineData("read-more", "إقرأ أيضًا: أسعار العبارات ترتفع")]
    [InlineData("tag-list", "الوسوم: عبارات، ميناء")]
    [InlineData("comment-list", "٣ تعليقات")]
    [InlineData("stray-counter", "٣١٢ مشاهدة")]
    public void An_Arabic_line_below_the_text_goes_as_its_kind(string kind, string line) => Goes(kind, line, ArabicFirst, ArabicSecond);

    [Theory]
    [InlineData("a headline that begins like a byline", "记者手记")]
    [InlineData("a public account as a source", "据港口管理局微信公众号消息，渡轮将于本周五起恢复正常班次，市民可提前在网上购票。")]
    [InlineData("comments as an act", "许多网友在评论区留言称，希望渡轮能够按时开行，也希望票价不要再上涨了。")]
    [InlineData("more as the first word", "更多市民选择渡轮")]
    [InlineData("a cooperation in the last paragraph", "両社は来年の春までに業務提携の内容を詰め、新しい航路の運航を共同で始める方針だ。")]
    public void A_Chinese_or_Japanese_line_of_the_text_stays(string reason, string line) => Stays(reason, line, ChineseFirst, ChineseSecond);

    [Theory]
    [InlineData("an announcement, not an advertisement", "وبعد الإعلان عن القرار خرج الصيادون إلى الرصيف مطالبين بتعويضات.")]
    [InlineData("a paragraph without capitals", "وقال رئيس البلدية في بيان نشر اليوم إن العمل سينتهي قبل نهاية الشهر الجاري.")]
    public void An_Arabic_line_of_the_text_stays(string reason, string line) => Stays(reason, line, ArabicFirst, ArabicSecond);

    private static void Goes(string kind, string line, string first, string second)
    {
        var article = Reading.Text($"{first}\n{second}\n{line}");
        Assert.Equal($"{first}\n{second}", article.Text);
        Assert.Equal((kind, line), (Assert.Single(article.Removed).Kind.WireName(), article.Removed[0].Text));
    }

    private static void Stays(string reason, string line, string first, string second)
    {
        var article = Reading.Text($"{first}\n{line}\n{second}");
        Assert.Equal((reason, $"{first}\n{line}\n{second}"), (reason, article.Text));
    }
}
