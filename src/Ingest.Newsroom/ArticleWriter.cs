using System.Globalization;
using Ingest.Newsroom.Designs;
using Ingest.Newsroom.Grammar;
using Ingest.Newsroom.Residue;

namespace Ingest.Newsroom;

/// <summary>Writes one article of a site: its prose, its residue, and the truth about both.</summary>
internal sealed class ArticleWriter
{
    private const int SummaryLength = 180;

    /// <summary>Kinds of residue that each article gets inside its body; with 12 articles a site meets each kind at least twice.</summary>
    private const int KindsPerBody = 5;

    private readonly SitePlan _plan;
    private readonly int _number;
    private readonly IReadOnlyList<NewsArticle> _earlier;
    private readonly Wordings _wordings;
    private readonly Dice _dice;
    private readonly PhraseBook _book;
    private readonly string _topic;
    private readonly Teller _teller;
    private readonly Prose _prose;
    private readonly IReadOnlyList<(string Kind, BodyPlace Place)> _turns;

    public ArticleWriter(SitePlan plan, int seed, IReadOnlyList<NewsArticle> earlier, HashSet<string> said, Wordings wordings)
    {
        (_plan, _earlier, _wordings, _number) = (plan, earlier, wordings, earlier.Count);
        _dice = new Dice(seed, $"{plan.Site.Slug}/{_number}");
        _book = PhraseBook.Of(plan.Site.Language);
        var sitesOwn = new Dice(seed, plan.Site.Slug);
        var topics = sitesOwn.Shuffled(_book.Topics);
        _topic = topics[_number % topics.Count];
        _turns = sitesOwn.Shuffled(ResidueKinds.InBody);
        _teller = new Teller(_book, _topic, _dice);
        _prose = new Prose(_teller, _dice, said);
    }

    public NewsArticle Write(DateTimeOffset at)
    {
        var site = _plan.Site;
        var title = _prose.Fresh("title").TrimEnd('.');
        string[] authors = [.. Enumerable.Range(0, _dice.Chance(0.15) ? 2 : 1).Select(_ => _teller.NewPerson())];
        var section = _teller.Fill("{section}");
        string[] tags = [.. _dice.Shuffled(_book[$"{_topic}.tag"]).Take(3)];
        var slots = new ArticleSlots(_teller, _book, _dice);
        slots.BindArticle(site, title, authors, section, tags, at, _earlier);
        var words = _plan.Manner == Manner.Live ? _prose.Live() : _prose.Report(_plan.Manner == Manner.Wire ? Wording("wire.dateline") : "");
        var leftovers = new Leftovers(section => _wordings.Next(_book, site.Language, section), _teller, title, words.Select(w => w.Text));
        var design = PageDesigns.Named(site.Design);
        Piece.Leftover[] furniture = [.. design.Furniture.Select(shape => leftovers.Make(shape, Dress.Marked)).OfType<Piece.Leftover>()];
        var body = WithLeftovers(words, leftovers, at);
        return new NewsArticle(_prose.FreshAddress(attempt => Path(title, attempt, section, at)), site, title, site.Language, authors, at, [.. words.Select(w => w.Text)], Truth(body, furniture, design))
        {
            Subtitle = _dice.Chance(0.4) ? _prose.Fresh("subtitle") : null,
            Summary = Excerpt(words[0].Text),
            Section = section,
            Tags = tags,
            ImageCredit = leftovers.Credited ? _teller.Fill("{credit}") : null,
            Sources = [.. leftovers.Sources.Select(slot => _teller.Fill($"{{{slot}}}"))],
            FeedFooter = Wording("residue.feed-footer"),
            Body = body,
            Furniture = furniture,
        };
    }

    private string Wording(string section) => _teller.Fill(_wordings.Next(_book, _plan.Site.Language, section));

    private List<Piece> WithLeftovers(IReadOnlyList<Piece.Words> words, Leftovers leftovers, DateTimeOffset at)
    {
        List<Piece> body = [.. words];
        foreach (var (kind, place) in Turn())
        {
            var dress = kind == ResidueKinds.Hidden ? Dress.Hidden : _wordings.NextDress(_plan.Site.Language, kind);
            if (leftovers.Make(kind, dress) is { } piece)
            {
                body.Insert(Index(body, place), piece);
            }
        }
        if (_dice.Chance(0.3))
        {
            body.Insert(Index(body, BodyPlace.Anywhere), new Piece.Blank());
        }
        if (_plan.Manner == Manner.Live)
        {
            StampEntries(body, at);
        }
        if (_plan.Manner == Manner.Wire)
        {
            body.Insert(0, new Piece.Leftover(ResidueKinds.DatelineLabel, [Wording("wire.slug")], Dress.Bare));
            body.Add(new Piece.Leftover(ResidueKinds.SiteTemplate, [Wording("wire.ends")], Dress.Bare));
        }
        return body;
    }

    /// <summary>The kinds whose turn it is; never both kinds whose line is the headline, since a line has one kind.</summary>
    private IEnumerable<(string Kind, BodyPlace Place)> Turn()
    {
        var turn = Enumerable.Range(_number * KindsPerBody, KindsPerBody).Select(i => _turns[i % _turns.Count]).ToList();
        return turn.Any(t => t.Kind == ResidueKinds.TitleInBody) ? turn.Where(t => t.Kind != ResidueKinds.RepeatedHeadline) : turn;
    }

    private int Index(List<Piece> body, BodyPlace place) => place switch
    {
        BodyPlace.Start => 0,
        BodyPlace.End => body.Count,
        BodyPlace.Edge => _dice.Chance(0.5) ? 0 : body.Count,
        _ => BetweenParagraphs(body),
    };

    /// <summary>Residue breaks into an article between paragraphs, not inside a list.</summary>
    private int BetweenParagraphs(List<Piece> body)
    {
        int[] gaps = [.. Enumerable.Range(1, body.Count - 1).Where(i => body[i] is not Piece.Words { Kind: WordsKind.ListItem })];
        return gaps.Length == 0 ? body.Count : _dice.Pick(gaps);
    }

    private void StampEntries(List<Piece> body, DateTimeOffset at)
    {
        for (var i = body.Count - 1; i >= 0; i--)
        {
            if (body[i] is Piece.Words { Kind: WordsKind.Heading })
            {
                at -= TimeSpan.FromMinutes(_dice.Between(3, 40));
                body.Insert(i, new Piece.Leftover(ResidueKinds.DatelineLabel, [at.ToString("HH:mm", CultureInfo.InvariantCulture)], Dress.Marked));
            }
        }
    }

    private static List<TrueResidue> Truth(IEnumerable<Piece> body, IEnumerable<Piece.Leftover> furniture, PageDesign design) =>
    [
        .. body.OfType<Piece.Leftover>().SelectMany(p => Lines(p, inBody: true)),
        .. furniture.SelectMany(p => Lines(p, design.StandsInBody(p.Shape))),
    ];

    private static IEnumerable<TrueResidue> Lines(Piece.Leftover piece, bool inBody) =>
        piece.Lines.Select(line => new TrueResidue(piece.Kind, line)
        {
            InBody = inBody,
            Marked = piece.Dress != Dress.Bare,
            Hidden = piece.Dress == Dress.Hidden,
        });

    private static string Excerpt(string lead) =>
        lead.Length <= SummaryLength ? lead : $"{lead[..lead.LastIndexOf(' ', SummaryLength)].TrimEnd(',', ';', ':')} […]";

    private string Path(string title, int attempt, string section, DateTimeOffset at) => _plan.Address
        .Replace("{slug}", attempt == 1 ? Slug.Of(title) : $"{Slug.Of(title)}-{attempt}", StringComparison.Ordinal)
        .Replace("{section}", Slug.Of(section), StringComparison.Ordinal)
        .Replace("{id}", (10_000 + _number * 17).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{yyyy}", at.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{mm}", at.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{dd}", at.ToString("dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
