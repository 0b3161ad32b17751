using System.Text;

namespace Ingest.Newsroom.Designs;

/// <summary>A site's templates: how a page and its article body look. Stateless.</summary>
internal abstract class PageDesign
{
    public abstract string Name { get; }

    /// <summary>The kinds of residue, or shapes of a kind, that the template shows on every page, around the article or under it.</summary>
    public abstract IReadOnlyList<string> Furniture { get; }

    /// <summary>The Content-Type header of its pages; a design may leave the charset to its meta element.</summary>
    public virtual string ContentType => "text/html; charset=utf-8";

    public virtual Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    protected abstract ClassStyle Style { get; }

    public abstract string Render(Page page);

    /// <summary>Furniture of this kind or shape is put among the article's own paragraphs.</summary>
    public virtual bool StandsInBody(string shape) => false;

    /// <summary>The article's own container: its words and the residue among them.</summary>
    public virtual string Body(IReadOnlyList<Piece> pieces)
    {
        var html = new StringBuilder();
        var inList = false;
        foreach (var piece in pieces)
        {
            var item = piece is Piece.Words { Kind: WordsKind.ListItem };
            if (item != inList)
            {
                html.Append(item ? ListStart : ListEnd).Append('\n');
                inList = item;
            }
            html.Append(Block(piece)).Append('\n');
        }
        return html.Append(inList ? ListEnd : "").ToString();
    }

    protected virtual string ListStart => "<ul>";
    protected virtual string ListEnd => "</ul>";

    /// <summary>Inline markup as a paragraph of this design.</summary>
    protected virtual string Paragraph(string inline) => $"<p>{inline}</p>";
    protected virtual string Heading(string inline) => $"<h2>{inline}</h2>";
    protected virtual string Quote(string inline) => $"<blockquote><p>{inline}</p></blockquote>";
    protected virtual string Question(string inline) => Paragraph($"<strong>{inline}</strong>");
    protected virtual string ListItem(string inline) => $"<li>{inline}</li>";
    protected virtual string Blank() => "<p>&nbsp;</p>\n<p>&nbsp;</p>";

    /// <summary>Residue whose markup tells what it is.</summary>
    protected virtual string Marked(Piece.Leftover piece) => ResidueMarkup.Marked(piece, Style);

    /// <summary>A bare line of residue; most sites write it into a paragraph like any other.</summary>
    protected virtual string BareLine(string inline) => Paragraph(inline);

    /// <summary>The furniture of these kinds, in this order.</summary>
    protected string Furnish(Page page, params ReadOnlySpan<string> kinds)
    {
        var html = new StringBuilder();
        foreach (var kind in kinds)
        {
            foreach (var piece in page.Of(kind))
            {
                html.Append(Block(piece)).Append('\n');
            }
        }
        return html.ToString();
    }

    /// <summary>The date's line, with the moment itself in a time element where the page knows it.</summary>
    protected string Dated(Page page) => page.PublishedAt is null
        ? Furnish(page, "dateline-label")
        : $"<time class=\"entry-date published\" datetime=\"{Metadata.Iso(page.PublishedAt)}\">{Furnish(page, "dateline-label")}</time>";

    protected static string E(string? text) => Markup.Escape(text ?? "");

    protected static string Subtitle(Page page, string start, string end) =>
        page.Subtitle is { } subtitle ? $"{start}{E(subtitle)}{end}" : "";

    /// <summary>What the charset lacks (in windows-1252 arrows, envelopes) is written as a character reference.</summary>
    protected string Encodable(string html) =>
        string.Concat(html.EnumerateRunes().Select(rune => rune.IsAscii || !IsLost(rune.ToString()) ? rune.ToString() : $"&#{rune.Value};"));

    private bool IsLost(string character) => Encoding.GetBytes(character) is [(byte)'?'];

    private string Block(Piece piece) => piece switch
    {
        Piece.Words { Kind: WordsKind.Heading, Text: var text } => Heading(E(text)),
        Piece.Words { Kind: WordsKind.Quote, Text: var text } => Quote(E(text)),
        Piece.Words { Kind: WordsKind.Question, Text: var text } => Question(E(text)),
        Piece.Words { Kind: WordsKind.ListItem, Text: var text } => ListItem(E(text)),
        Piece.Words { Text: var text } => Paragraph(Inline.Enriched(text)),
        Piece.Leftover { Dress: Dress.Bare } leftover => Bare(leftover),
        Piece.Leftover { Dress: Dress.Hidden } leftover => ResidueMarkup.Hidden(leftover),
        Piece.Leftover leftover => Marked(leftover),
        _ => Blank(),
    };

    /// <summary>Bare lines stand in paragraphs of their own, or (chosen by the words) in one, parted by line breaks.</summary>
    private string Bare(Piece.Leftover piece)
    {
        var lines = piece.Lines.Select(line => ResidueMarkup.Bare(piece.Kind, line));
        return (uint)Dice.StableHash(piece.Lines[0]) % 3 == 0 ? BareLine(string.Join("<br>\n", lines)) : string.Join('\n', lines.Select(BareLine));
    }
}
