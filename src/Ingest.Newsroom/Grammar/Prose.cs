namespace Ingest.Newsroom.Grammar;

/// <summary>Writes the true lines of one article. <paramref name="said"/> holds every line of the world so far.</summary>
internal sealed class Prose(Teller teller, Dice dice, HashSet<string> said)
{
    private const int Attempts = 200;
    private readonly List<Piece.Words> _lines = [];

    /// <summary>A sentence of a section that nobody has written yet.</summary>
    public string Fresh(string section) => Fresh(() => teller.Sentence(section));

    /// <summary>An address that nobody has yet, by a number at its end if need be.</summary>
    public string FreshAddress(Func<int, string> write)
    {
        var attempt = 1;
        return Fresh(() => write(attempt++));
    }

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
            AddIfNew(WordsKind.Heading, "heading");
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
            AddIfNew(WordsKind.Question, "question");
        }
        else if (at > 0 && at < of - 1 && dice.Chance(0.22))
        {
            AddIfNew(WordsKind.Heading, "heading");
        }
        else if (dice.Chance(0.12))
        {
            AddIfNew(WordsKind.Quote, "quoteblock");
        }
        else if (at > 1 && dice.Chance(0.12))
        {
            List();
        }
    }

    private void List()
    {
        AddIfNew(WordsKind.Paragraph, "listintro");
        for (var items = dice.Between(3, 5); items > 0; items--)
        {
            AddIfNew(WordsKind.ListItem, "item");
        }
    }

    private string Paragraph() => Fresh(() => dice.Between(1, 100) switch
    {
        <= 9 => teller.Sentence("short"),
        <= 16 => teller.Sentence("nearmiss"),
        <= 24 => $"{teller.Sentence("nearmiss")} {teller.Sentence("sentence")}",
        var roll => string.Join(' ', Enumerable.Range(0, roll % 3 + 2).Select(_ => teller.Sentence("sentence"))),
    });

    private string Fresh(Func<string> write) =>
        TryFresh(write) ?? throw new InvalidOperationException("The grammar has run out of new lines: ask for fewer articles.");

    private string? TryFresh(Func<string> write)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var line = write();
            if (said.Add(line))
            {
                return line;
            }
        }
        return null;
    }

    /// <summary>The short forms of a language can all have been used in a world of many thousands of articles; it does without them then.</summary>
    private void AddIfNew(WordsKind kind, string section)
    {
        if (TryFresh(() => teller.Sentence(section)) is { } line)
        {
            Add(kind, line);
        }
    }

    private void Add(WordsKind kind, string text) => _lines.Add(new Piece.Words(kind, text));
}
