namespace Ingest.Newsroom.Designs;

/// <summary>A big publisher's page rendered by a script framework: hashed classes, divs in divs, and everything said in JSON-LD.</summary>
internal sealed class JsonLdPublisher : PageDesign
{
    public override string Name => "json-ld-publisher";

    public override IReadOnlyList<string> Furniture { get; } =
        ["cookie-notice", "navigation", "byline", "dateline-label", "share-bar", "paywall-prompt", "newsletter", "advertisement", "related-links", "site-template"];

    protected override ClassStyle Style => ClassStyle.Hashed;
    protected override string ListStart => "<div class=\"Block_block__k2Lx9\"><ul class=\"List_list__0aZ1q\">";
    protected override string ListEnd => "</ul></div>";
    protected override string Paragraph(string inline) => $"<div class=\"Block_block__k2Lx9\"><p class=\"Text_body__t7Yh2\">{inline}</p></div>";
    protected override string Heading(string inline) => $"<div class=\"Block_block__k2Lx9\"><h2 class=\"Text_crosshead__Qe81z\">{inline}</h2></div>";
    protected override string Quote(string inline) => $"<div class=\"Block_block__k2Lx9\"><blockquote class=\"Pull_quote__b3M0c\">{inline}</blockquote></div>";
    protected override string BareLine(string inline) => $"<div class=\"Block_block__k2Lx9\"><div>{inline}</div></div>";
    protected override string Blank() => "<div class=\"Block_block__k2Lx9\"></div>";

    public override string Render(Page page) => $"""
        <!doctype html>
        <html lang="{page.Language}" data-theme="light">
        <head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
        <title>{E(page.Title)} - {E(page.SiteName)}</title>
        {Metadata.Canonical(page)}{Metadata.OpenGraph(page)}{Metadata.JsonLd(page, asGraph: true)}<link rel="preload" href="/_assets/main.9f3c2.js" as="script"/>
        </head>
        <body><div id="__root"><div class="App_shell__1dd0v">
        <div class="Consent_layer__zz81a" role="dialog" aria-modal="true">{Furnish(page, "cookie-notice")}</div>
        <div class="Masthead_bar__77aQ0">{Furnish(page, "navigation")}</div>
        <div class="Layout_grid__Rm20c"><div class="Layout_main__8sKd1">
        <div class="Story_head__pL09x"><h1 class="Story_headline__Ty3dd">{E(page.Title)}</h1>
        {Subtitle(page, "<div class=\"Story_standfirst__e41Zs\">", "</div>")}
        <div class="Story_meta__aaP10">{Furnish(page, "byline", "dateline-label", "share-bar")}</div></div>
        <div class="Lead_media__u12Kf"><img src="/media/lead.png" alt="" width="1200" height="675" loading="eager"/></div>
        <div class="Story_body__Xc55r" data-component="story-body">
        {Body(page.Body)}
        </div>
        <div class="Wall_slot__ff001">{Furnish(page, "paywall-prompt")}</div>
        <div class="Box_promo__92mmA">{Furnish(page, "newsletter")}</div>
        </div>
        <div class="Layout_rail__c0N7e">{Furnish(page, "advertisement", "related-links")}</div></div>
        <div class="Base_footer__l3k4j">{Furnish(page, "site-template")}</div>
        </div></div>
        <script id="__STATE__" type="application/json">{"{"}"route":"story","flags":["rail","wall"]{"}"}</script>
        <script src="/_assets/main.9f3c2.js" defer></script>
        </body></html>
        """;
}
