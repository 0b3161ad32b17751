using System.Text;

namespace Ingest.Newsroom.Designs;

/// <summary>Nobody has touched these templates since 2003: nested tables, font elements, paragraphs made of line breaks, windows-1252 told by a meta element only.</summary>
internal sealed class Tables2003 : PageDesign
{
    public override string Name => "tables-2003";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "dateline-label", "byline", "related-links", "advertisement", "share-bar", "site-template"];

    public override string ContentType => "text/html";
    public override Encoding Encoding { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;

    protected override ClassStyle Style => ClassStyle.Terse;
    protected override string Paragraph(string inline) => $"{inline}<br><br>";
    protected override string Heading(string inline) => $"<b><font size=\"3\" color=\"#003366\">{inline}</font></b><br><br>";
    protected override string Quote(string inline) => $"<i>{inline}</i><br><br>";
    protected override string Question(string inline) => $"<b>{inline}</b><br><br>";
    protected override string Blank() => "<br>&nbsp;<br><br>";

    public override string Render(Page page) => Encodable($"""
        <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
        <HTML>
        <HEAD>
        <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252">
        <META HTTP-EQUIV="Content-Language" CONTENT="{page.Language}">
        <TITLE>{E(page.SiteName)} : {E(page.Title)}</TITLE>
        <SCRIPT LANGUAGE="JavaScript">
        <!--
        function ouvrir(u) {"{"} window.open(u, 'w', 'width=400,height=300'); {"}"}
        //-->
        </SCRIPT>
        </HEAD>
        <BODY BGCOLOR="#FFFFFF" TEXT="#000000" LINK="#003366" LEFTMARGIN="0" TOPMARGIN="0">
        <TABLE WIDTH="760" BORDER="0" CELLPADDING="0" CELLSPACING="0" ALIGN="center">
        <TR><TD COLSPAN="3" BGCOLOR="#003366"><IMG SRC="/media/logo.png" WIDTH="200" HEIGHT="60" ALT=""></TD></TR>
        <TR><TD WIDTH="140" VALIGN="top" BGCOLOR="#EEEEEE"><FONT FACE="Verdana" SIZE="1">
        {Furnish(page, "navigation")}</FONT></TD>
        <TD WIDTH="460" VALIGN="top">
        <TABLE WIDTH="100%" CELLPADDING="8" BORDER="0"><TR><TD>
        <FONT FACE="Georgia, Times" SIZE="5"><B>{E(page.Title)}</B></FONT><BR>
        {Subtitle(page, "<FONT SIZE=\"2\"><I>", "</I></FONT><BR>")}
        <FONT SIZE="1" COLOR="#666666">{Furnish(page, "dateline-label", "byline")}</FONT>
        <HR SIZE="1" NOSHADE>
        <FONT FACE="Verdana, Arial" SIZE="2">
        {Body(page.Body)}
        </FONT></TD></TR></TABLE>
        </TD>
        <TD WIDTH="160" VALIGN="top"><TABLE BORDER="1" CELLPADDING="4"><TR><TD><FONT SIZE="1">
        {Furnish(page, "related-links")}</FONT></TD></TR>
        <TR><TD><FONT SIZE="1">{Furnish(page, "advertisement")}</FONT></TD></TR></TABLE></TD></TR>
        <TR><TD COLSPAN="3" ALIGN="center"><FONT SIZE="1">{Furnish(page, "share-bar", "site-template")}</FONT></TD></TR>
        </TABLE>
        </BODY>
        </HTML>
        """);
}
