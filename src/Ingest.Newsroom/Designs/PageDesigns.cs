using Ingest.Newsroom.Grammar;
using Ingest.Newsroom.Residue;

namespace Ingest.Newsroom.Designs;

/// <summary>The designs, by name.</summary>
public static class PageDesigns
{
    private static readonly PageDesign[] Known =
    [
        new BlockTheme(), new ClassicSidebar(), new JsonLdPublisher(), new Tables2003(), new Amp(),
        new LiveBlog(), new RadioStation(), new AgencyWire(), new MicrodataMagazine(), new PlainDivs(),
    ];

    private static readonly Dictionary<DesignGroup, IReadOnlyList<TemplateDesign>> FromFiles = new()
    {
        [DesignGroup.Known] = [],
        [DesignGroup.Practice] = Written(DesignGroup.Practice),
        [DesignGroup.Unseen] = Written(DesignGroup.Unseen),
    };

    private static readonly Dictionary<string, PageDesign> ByName = Known.Concat(FromFiles.Values.SelectMany(designs => designs)).ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The designs of every world that asks for nothing else.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(d => d.Name)];

    /// <summary>Designs that rules of extraction were tuned with after they had been met unprepared.</summary>
    public static IReadOnlyList<string> Practice { get; } = [.. Templates(DesignGroup.Practice).Select(d => d.Name)];

    /// <summary>Designs that no rule of extraction was written or tuned with: they tell how the rules do on sites they have never met.</summary>
    public static IReadOnlyList<string> Unseen { get; } = [.. Templates(DesignGroup.Unseen).Select(d => d.Name)];

    /// <summary>Puts given lines, true ones and residue alike, into the article body of a design as plain paragraphs.</summary>
    /// <param name="design">One of <see cref="Names"/>, <see cref="Practice"/> or <see cref="Unseen"/>.</param>
    /// <param name="title">The page's title element and headline; null leaves both empty.</param>
    /// <param name="lines">A line beginning with "- " becomes a list item without its dash.</param>
    /// <param name="language">Of the page, and of the template's own words: a tag that begins with a language of the word tables, such as en.</param>
    /// <param name="url">The page's address, for its canonical link; null leaves it out.</param>
    /// <param name="furniture">Also show the template's own residue: navigation, comment form, related links …</param>
    /// <exception cref="KeyNotFoundException">There is no such design.</exception>
    public static string Wrap(
        string design, string? title, IReadOnlyList<string> lines, string language = "en", Uri? url = null, bool furniture = true)
    {
        var template = Named(design);
        Piece[] body = [.. lines.Select(line => line.StartsWith("- ", StringComparison.Ordinal)
            ? new Piece.Words(WordsKind.ListItem, line[2..])
            : new Piece.Words(WordsKind.Paragraph, line))];
        return template.Render(new Page("The Sample Gazette", language, title ?? "", body, furniture ? Around(template, language) : []) { Url = url });
    }

    internal static PageDesign Named(string name) => ByName[name];

    internal static IReadOnlyList<TemplateDesign> Templates(DesignGroup group) => FromFiles[group];

    private static TemplateDesign[] Written(DesignGroup group) => [.. Template.Of(group).Select(template => new TemplateDesign(template))];

    /// <summary>Furniture that says nothing about a particular article.</summary>
    private static Piece.Leftover[] Around(PageDesign design, string language)
    {
        var book = PhraseBook.Of(language);
        var dice = new Dice(1, design.Name);
        var teller = new Teller(book, book.Topics[0], dice);
        var site = new NewsSite("sample", "The Sample Gazette", design.Name, language) { HomePath = "/" };
        new ArticleSlots(teller, book, dice).BindArticle(site, "", [teller.NewPerson()], book["section"][0], [.. book[$"{book.Topics[0]}.tag"].Take(3)], new NewsroomOptions().Now, []);
        var leftovers = new Leftovers(section => dice.Pick(book[section]), teller, "", []);
        return [.. design.Furniture.Where(shape => ResidueKinds.Of(shape) is not ("byline" or ResidueKinds.DatelineLabel)).Select(shape => leftovers.Make(shape, Dress.Marked)).OfType<Piece.Leftover>()];
    }
}
