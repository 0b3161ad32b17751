using System.Globalization;
using Ingest.Newsroom.Grammar;

namespace Ingest.Newsroom;

/// <summary>Gives a teller the slots that residue speaks of: headline, site, author, dates, sources, other headlines.</summary>
internal sealed class ArticleSlots(Teller teller, PhraseBook book, Dice dice)
{
    public void BindArticle(
        NewsSite site, string title, IReadOnlyList<string> authors, string section, IReadOnlyList<string> tags, DateTimeOffset at, IReadOnlyList<NewsArticle> earlier)
    {
        teller.Bind("title", title);
        teller.Bind("site", site.Name);
        teller.Bind("agency", site.Name);
        teller.Bind("host", $"{site.Slug}.example");
        teller.Bind("slugname", Slug.Of(section) + dice.Between(10, 99));
        teller.Bind("author", string.Join($" {book["and"][0]} ", authors));
        teller.Bind("handle", Slug.Of(authors[0]).Replace('-', '_'));
        teller.Bind("section", section);
        teller.Bind("credit", teller.Fill("{credit-name}"));
        BindTags(tags);
        BindTime(at);
        BindOthers(earlier);
        for (var i = 1; i <= 3; i++)
        {
            teller.Bind($"src{i}", Teller.Capitalised(teller.Fill("{paper}")));
        }
    }

    private void BindTags(IReadOnlyList<string> tags)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            teller.Bind($"tag{i + 1}", tags[i]);
            teller.Bind($"TAG{i + 1}", tags[i].ToUpperInvariant().Replace(' ', '-'));
        }
        teller.Bind("TOWN", teller.Fill("{town}").ToUpperInvariant());
    }

    private void BindTime(DateTimeOffset at)
    {
        teller.Bind("day", at.Day.ToString(CultureInfo.InvariantCulture));
        teller.Bind("dd", at.ToString("dd", CultureInfo.InvariantCulture));
        teller.Bind("mo", at.ToString("MM", CultureInfo.InvariantCulture));
        teller.Bind("year", at.Year.ToString(CultureInfo.InvariantCulture));
        teller.Bind("monthname", book["month"][at.Month - 1]);
        teller.Bind("weekdayname", book["weekday"][((int)at.DayOfWeek + 6) % 7]);
        teller.Bind("hh", at.ToString("HH", CultureInfo.InvariantCulture));
        teller.Bind("mm", at.ToString("mm", CultureInfo.InvariantCulture));
        teller.Bind("date", teller.Fill("{date}"));
        teller.Bind("time", teller.Fill("{clock}"));
    }

    /// <summary>Related links lead to earlier articles of the site; the first articles have to make some up.</summary>
    private void BindOthers(IReadOnlyList<NewsArticle> earlier)
    {
        var others = dice.Shuffled(earlier.TakeLast(12));
        for (var i = 0; i < 3; i++)
        {
            var title = i < others.Count ? others[i].Title : teller.Sentence("title");
            teller.Bind($"other{i + 1}", title);
            teller.Bind($"excerpt{i + 1}", i < others.Count ? others[i].Summary : MadeUp(title));
        }
    }

    /// <summary>What an article says that was never written; by its own dice, so that the pages that do not show it stay as they are.</summary>
    private string MadeUp(string title) => new Teller(book, book.Topics[0], new Dice(Dice.StableHash(title), "elsewhere")).Sentence("lead");
}
