namespace Ingest.Newsroom.Designs;

/// <summary>A neighbourhood bulletin from a home-made system: divs without classes, no metadata at all, end tags left out.</summary>
internal sealed class PlainDivs : PageDesign
{
    public override string Name => "plain-divs";

    public override IReadOnlyList<string> Furniture { get; } = ["navigation", "dateline-label", "byline", "related-links", "comment-form", "site-template"];

    protected override ClassStyle Style => ClassStyle.Terse;
    protected override string Paragraph(string inline) => $"<div>{inline}</div>";
    protected override string Heading(string inline) => $"<div><b>{inline}</b></div>";
    protected override string Quote(string inline) => $"<div><i>{inline}</i></div>";
    protected override string ListItem(string inline) => $"<li>{inline}";
    protected override string Blank() => "<div>&nbsp;</div><div><br></div>";

    public override string Render(Page page) => $"""
        <html>
        <head><meta charset="utf-8"><title>{E(page.Title)}</title>
        <body>
        <div>
        <div>{Furnish(page, "navigation")}</div>
        <div>
        <div><h2>{E(page.Title)}</h2></div>
        {Subtitle(page, "<div><big>", "</big></div>")}
        <div><small>{Furnish(page, "dateline-label", "byline")}</small></div>
        <div>
        {Body(page.Body)}
        </div>
        <div>{Furnish(page, "related-links")}</div>
        <div>{Furnish(page, "comment-form")}</div>
        </div>
        <div><center><small>{Furnish(page, "site-template")}</small></center></div>
        </div>
        """;
}
