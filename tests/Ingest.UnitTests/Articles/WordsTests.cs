using Ingest.Core.Articles.Rules;

namespace Ingest.UnitTests.Articles;

public sealed class WordsTests
{
    [Theory]
    [InlineData("case and punctuation", "Leave a Comment!", " leave a comment ")]
    [InlineData("a clitic stays, an article goes", "Don't ask l’auteur", " dont ask l auteur ")]
    [InlineData("each Han character is a word", "3条评论", " 3 条 评 论 ")]
    [InlineData("Kana are words too", "続きを読む（PR）", " 続 き を 読 む pr ")]
    [InlineData("full-width letters and digits", "ＡＢ１２", " ab12 ")]
    [InlineData("a Turkish capital with its dot, and one without", "DEVAMI İÇİN", " devami için ")]
    [InlineData("a Turkish small letter without its dot", "devamı için", " devami için ")]
    [InlineData("hamza, vowel signs and tatweel", "إقـرأ أيضاً", " اقرا ايضا ")]
    [InlineData("Arabic digits", "٣١٢ مشاهدة", " 312 مشاهدة ")]
    [InlineData("the apostrophe that is a letter", "пʼятниця об’єкт", " п ятниця об єкт ")]
    public void Text_becomes_words(string reason, string text, string expected) => Assert.Equal((reason, expected), (reason, Words.Of(text)));

    [Theory]
    [InlineData("Latin", "Photo by Jane", 2, " Jane")]
    [InlineData("Han without a gap", "本报记者李明", 4, "李明")]
    [InlineData("Han with a gap", "记者 李明", 2, " 李明")]
    [InlineData("a word in a dense text", "PR 広告です", 3, "です")]
    [InlineData("Arabic with vowel signs", "اقرأ أيضاً: العنوان", 2, ": العنوان")]
    public void The_rest_begins_behind_the_words(string reason, string text, int words, string rest) => Assert.Equal((reason, rest), (reason, text[Words.EndOf(text, words)..]));

    [Theory]
    [InlineData("share this", 2)]
    [InlineData("新华社", 2)]
    [InlineData("视觉中国", 2)]
    [InlineData("3条评论", 3)]
    public void Two_dense_characters_count_as_one_word(string text, int count) => Assert.Equal(count, Words.Count(Words.Of(text)));
}
