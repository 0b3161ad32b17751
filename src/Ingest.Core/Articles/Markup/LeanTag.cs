using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Markup;

/// <summary>What all elements of one name have in common.</summary>
internal sealed class LeanTag
{
    private static readonly WordTable<LeanTag> Html = Tags(NamespaceNames.HtmlUri, HtmlNames);
    private static readonly WordTable<LeanTag> Svg = Tags(NamespaceNames.SvgUri, "svg foreignObject desc title a g path use text style script");
    private static readonly WordTable<LeanTag> Math = Tags(NamespaceNames.MathMlUri, "math mi mo mn ms mtext annotation-xml");

    private const string HtmlNames = """
        a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col colgroup command content data
        datalist dd del details dfn dialog dir div dl dt element em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img
        input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p
        param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small source spacer span strike strong style sub summary sup table tbody td template
        textarea tfoot th thead time title tr track tt u ul var video wbr xmp
        """;

    private LeanTag(string name, string space, NodeFlags flags) =>
        (Name, Namespace, Flags, IsFormatting, IsTablePart, Role, HoldsText) =
        (name, space, flags, LeanAttributes.IsFormatting(name), name is "table" or "tbody" or "thead" or "tfoot" or "tr", Extraction.Tags.RoleOf(name), name is not ("style" or "iframe" or "noembed" or "noframes" or "textarea"));

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>A name with a hyphen: a custom element, whose name says what it is.</summary>
    public bool IsCustom => Name.Contains('-', StringComparison.Ordinal);

    public NodeFlags Flags { get; }

    public bool IsFormatting { get; }

    /// <summary>What stands directly inside of such an element and is no part of a table is put before the table.</summary>
    public bool IsTablePart { get; }

    public TagRole Role { get; }

    /// <summary>Whether the text directly inside is kept: not what is only text, and read by nobody.</summary>
    public bool HoldsText { get; }

    public static LeanTag OfHtml(LeanDocument document, ReadOnlySpan<char> name) => Html.TryGetValue(name, out var tag) ? tag : Unknown(document, name, NamespaceNames.HtmlUri, NodeFlags.HtmlMember);

    public static LeanTag OfSvg(LeanDocument document, ReadOnlySpan<char> name) => Svg.TryGetValue(name, out var tag) ? tag : Unknown(document, name, NamespaceNames.SvgUri, NodeFlags.SvgMember);

    public static LeanTag OfMath(LeanDocument document, ReadOnlySpan<char> name) => Math.TryGetValue(name, out var tag) ? tag : Unknown(document, name, NamespaceNames.MathMlUri, NodeFlags.MathMember);

    private static LeanTag Unknown(LeanDocument document, ReadOnlySpan<char> name, string space, NodeFlags flags)
    {
        var known = document.Strangers.GetAlternateLookup<ReadOnlySpan<char>>();
        // One name is hardly ever used in two namespaces; then it is made anew each time.
        if (!known.TryGetValue(name, out var tag))
            return known[name] = new LeanTag(name.ToString(), space, flags);
        return tag.Namespace == space ? tag : new LeanTag(tag.Name, space, flags);
    }

    // The builder goes by flags, and they are AngleSharp's own.
    private static WordTable<LeanTag> Tags(string space, string names)
    {
        using var document = new HtmlParser().ParseDocument("");
        return new([.. names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(name => KeyValuePair.Create(name, new LeanTag(name, space, document.CreateElement(space, name).Flags)))]);
    }
}
