namespace Ingest.Newsroom.Grammar;

/// <summary>Writes the true lines of one article. <paramref name="said"/> holds every line of the world so far.</summary>
internal sealed class Prose(Teller teller, Dice dice, HashSet<string> said)
{
    private const int Attempts = 200;
    private readonly List<Piece.Words> _lines = [];

    /// <summary>A sentence of a section that nobody has written yet.</summary>
    public string Fresh(string section) => Fresh(() => teller.Sentence(section));

    /// <summary>A report: a lead, then 4 to 13 paragraphs with what belongs between them.</summary>
    public IReadOnlyList<Piece.Words> Report(string dateline)
    {
        Add(WordsKind.Paragraph, Fresh(() => dateline + teller.Sentence("lead") + (dice.Chance(0.6) ? $" {teller.Sentence("sentence")}" : "")));
        var paragraphs = dice.Between(4, 13);
        var interview = dice.Chance(0.18);
        for (var i = 0; i < paragraphs; i++)
        {
            Interlude(i, paragraphs, interview);
            Add(WordsKind.Paragraph, Paragraph());
        }
        return _lines;
    }

    /// <summary>A live blog: entries, each a heading and one to three short paragraphs.</summary>
    public IReadOnlyList<Piece.Words> Live()
    {
        Add(WordsKind.Paragraph, Fresh("lead"));
        var entries = dice.Between(4, 7);
        for (var i = 0; i < entries; i++)
        {
            Add(WordsKind.Heading, Fresh("heading"));
            for (var p = dice.Between(1, 3); p > 0; p--)
            {
                Add(WordsKind.Paragraph, Paragraph());
            }
        }
        return _lines;
    }

    private void Interlude(int at, int of, bool interview)
    {
        if (interview && at > 0)
        {
            Add(WordsKind.Question, Fresh("question"));
        }
        else if (at > 0 && at < of - 1 && dice.Chance(0.22))
        {
            Add(WordsKind.Heading, Fresh("heading"));
        }
        else if (dice.Chance(0.12))
        {
            Add(WordsKind.Quote, Fresh("quoteblock"));
        }
        else if (at > 1 && dice.Chance(0.12))
        {
            List();
        }
    }

    private void List()
    {
        Add(WordsKind.Paragraph, Fresh("listintro"));
        for (var items = dice.Between(3, 5); items > 0; items--)
        {
            Add(WordsKind.ListItem, Fresh("item"));
        }
    }

    private string Paragraph()
    {
        var roll = dice.Between(1, 100);
        return Fresh(() => roll switch
        {
            <= 9 => teller.Sentence("short"),
            <= 16 => teller.Sentence("nearmiss"),
            <= 24 => $"{teller.Sentence("nearmiss")} {teller.Sentence("sentence")}",
            _ => string.Join(' ', Enumerable.Range(0, roll % 3 + 2).Select(_ => teller.Sentence("sentence"))),
        });
    }

    private string Fresh(Func<string> write)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var line = write();
            if (said.Add(line))
            {
                return line;
            }
        }
        throw new InvalidOperationException("The grammar has run out of new lines: ask for fewer articles.");
    }

    private void Add(WordsKind kind, string text) => _lines.Add(new Piece.Words(kind, text));
}
