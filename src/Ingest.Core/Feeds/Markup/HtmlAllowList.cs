using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Markup;

/// <summary>What HTML of a feed may consist of. Everything else is left out, its text kept.</summary>
internal static class HtmlAllowList
{
    public static readonly NameSet Elements = new(
        "a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code col colgroup command "
        + "datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption figure font footer form h1 h2 h3 h4 "
        + "h5 h6 header hr i img input ins kbd keygen label legend li m main map mark menu meter multicol nav nextid noscript ol optgroup "
        + "option output p picture pre progress q rp rt ruby s samp section select small sound source spacer span strike strong sub summary sup table "
        + "tbody td textarea tfoot th thead time tr tt u ul var video wbr");

    public static readonly NameSet Attributes = new(
        "abbr accept accept-charset accesskey action align alt autocomplete autofocus axis background balance bgcolor bgproperties border "
        + "bordercolor bordercolordark bordercolorlight bottompadding cellpadding cellspacing ch challenge char charoff charset checked choff "
        + "cite class clear color cols colspan compact contenteditable controls coords data datafld datapagesize datasrc datetime default delay "
        + "dir disabled draggable dynsrc enctype end face for form frame galleryimg gutter headers height hidden hidefocus high href hreflang "
        + "hspace icon id inputmode ismap itemprop itemref itemscope itemtype keytype label lang leftspacing list longdesc loop loopcount "
        + "loopend loopstart low lowsrc max maxlength media method min multiple name nohref noshade nowrap open optimum pattern ping point-size "
        + "poster pqg preload prompt radiogroup readonly rel repeat-max repeat-min replace required rev rightspacing rows rowspan rules scope "
        + "selected shape size span src srcset start step suppress summary tabindex target template title toppadding type unselectable urn usemap valign "
        + "value variable volume vrml vspace width wrap xml:lang");

    /// <summary>Attributes that hold one address: resolved, and left out with a scheme that is not allowed.</summary>
    public static readonly NameSet AddressAttributes = new(
        "action background cite codebase data dynsrc formaction href icon itemid longdesc lowsrc ping poster src urn usemap vrml");

    /// <summary>Schemes that a reader can follow without running anything.</summary>
    public static readonly NameSet Schemes = new(
        "http https ftp sftp ftps mailto tel sms news nntp gopher irc ircs xmpp magnet geo feed webcal aim callto ed2k rsync rtsp sip sips ssh svn telnet tag urn "
        + "skype callto git nfs mms wais");

    /// <summary>Elements whose content is no text of the document.</summary>
    public static readonly NameSet Dropped = new("script style applet template");

    /// <summary>Of these, the ones whose content holds no tags.</summary>
    public static readonly NameSet RawText = new("script style");

    /// <summary>Elements without an end tag.</summary>
    public static readonly NameSet Void = new(
        "area base basefont br col command embed frame hr img input isindex keygen link meta param source spacer track wbr");

    /// <summary>Elements that break a line of visible text.</summary>
    public static readonly NameSet Blocks = new(
        "address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav "
        + "ol p pre section table td th tr ul");
}
