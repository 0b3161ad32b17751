using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ingest.Core.Articles;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Markup;
using Ingest.Newsroom;

namespace Ingest.UnitTests.Articles;

/// <summary>The lean document holds what AngleSharp's own document holds of a page, as far as anybody reads it; also of broken ones.</summary>
public sealed partial class LeanTreeTests
{
    private static readonly HtmlReader Reader = new(new ExtractionLimits());
    private static readonly double[] Dropped = [0, 0.001, 0.01, 0.05];

    [Theory]
    [InlineData("text and blocks in a table stand before it", "<table>lost<div>block</div><tr><td>cell<p>in</table>after")]
    [InlineData("a table in a table's row ends the first", "<table><tr><table><td>two</table>x</table>y")]
    [InlineData("what is misplaced in an inner table stays in the outer cell", "<table><tr><td><table><tr><i>a</i><td>b</table>c</td><b>d</table>")]
    [InlineData("a link in a table moves with its text", "<a href=1>one<table><a href=2>two</a><tr><td>three</table>four")]
    [InlineData("formatting goes on after a block", "<p><b class=x>one<p>two</b>three<b><i>four</b>five")]
    [InlineData("a template may hold rows", "<div><template><tr><td>no</td></tr></template>yes</div>")]
    [InlineData("a template may hold cells of a table that never was", "<template><td><div></template><p>yes")]
    [InlineData("lists and definitions end each other", "<ul><li>a<li>b<dl><dt>c<dd>d</ul>e")]
    [InlineData("the head ends where text begins", "<title>t</title><meta name=a content=b>text<meta name=c content=d>")]
    [InlineData("foreign elements have their own rules", "<svg><g><title>t</title><p>out<math><mi>x<b>y</math>z")]
    [InlineData("attributes of a second body are added", "<body class=a><p>x<body id=b class=c><html lang=en>")]
    [InlineData("forms do not nest", "<form><div><form>x</form></div>y</form>z")]
    [InlineData("a select swallows what is no option", "<select><div><option>a<p>b</select>c")]
    [InlineData("frames", "<frameset><frame src=a></frameset><noframes>x</noframes>")]
    [InlineData("nothing", "")]
    public void Equals_the_stock_tree(string reason, string markup) => AssertSame(reason, markup);

    [Fact]
    public void Equals_the_stock_tree_on_every_page_of_the_newsroom()
    {
        foreach (var article in NewsWorld.Generate(new NewsroomOptions { ArticlesPerSite = 3 }).Articles) AssertSameBroken(article.Path, NewsWorld.Render(article));
    }

    [Fact]
    public void Equals_the_stock_tree_on_every_page_of_the_development_corpus()
    {
        var pages = RepositoryFolders.Shared("pages");
        if (!Directory.Exists(pages)) Assert.Skip("the development corpus is not here (../shared/pages)");
        foreach (var file in Directory.EnumerateFiles(pages, "*.html.gz", SearchOption.AllDirectories))
        {
            using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress));
            AssertSameBroken(file, unpacked.ReadToEnd());
        }
    }

    private static void AssertSameBroken(string name, string markup)
    {
        foreach (var share in Dropped)
        {
            var random = new Random(42);
            AssertSame($"{name}, {share:P1} of the end tags dropped", share == 0 ? markup : EndTag().Replace(markup, tag => random.NextDouble() < share ? "" : tag.Value));
        }
    }

    private static void AssertSame(string reason, string markup)
    {
        using var lean = Reader.Read(markup.AsMemory());
        using var stock = new HtmlParser().ParseDocument(markup);
        Assert.True(lean is not null, $"{reason}: beyond the limits");
        var (ours, theirs) = (new Listing(), new Listing());
        if (lean.Root is { } root) ours.Add(root);
        if (stock.DocumentElement is { } element) theirs.Add(element);
        if (ours.ToString() != theirs.ToString()) Assert.Fail($"{reason}: {Difference(theirs.ToString(), ours.ToString())}");
    }

    private static string Difference(string expected, string actual)
    {
        var at = expected.AsSpan().CommonPrefixLength(actual);
        string Near(string text) => text[Math.Max(0, at - 150)..Math.Min(text.Length, at + 150)];
        return $"expected …{Near(expected)}…\nactual …{Near(actual)}…";
    }

    private static string[] AttributesOf(string space) => space == NamespaceNames.HtmlUri ? Attributes : [];

    private static readonly string[] Attributes = ["class", "id", "style", "href", "itemprop", "content", "name", "datetime", "lang", "src"];

    private static bool IsRaw(string name) => name is "script" or "style" or "iframe" or "noembed" or "noframes" or "textarea";

    // Of what stands in a picture or a formula, only that it does.
    private static string NameOf(string name, string space) => space == NamespaceNames.HtmlUri || name is "svg" or "math" ? name : "foreign";

    /// <summary>A tree in one line, but for the white space that no browser shows: where lines begin and end, and between options.</summary>
    private sealed class Listing
    {
        private readonly List<(string Text, bool IsTag)> _parts = [];

        // Where the line begins.
        private int _line;
        private bool _isBlank = true;

        // A template, which AngleSharp may make a shadow root of, is not for readers.
        public void Add(LeanElement element)
        {
            if (element.Tag.Name == "template") return;
            Open(element.Tag.Name, element.Tag.Namespace, name => element.GetAttribute(LeanAttributes.KeyOf(name)));
            for (var node = element.First; node is not null; node = node.Next)
                if (node is LeanElement inner) Add(inner);
                else if (node is LeanText text) Add(text.Data.ToString(), element.Tag.Name);
            Tag(element.Tag.Name, "</>");
        }

        public void Add(IElement element)
        {
            if (element.LocalName == "template") return;
            Open(element.LocalName, element.NamespaceUri!, element.GetAttribute);
            foreach (var node in element.ChildNodes)
                if (node is IElement inner) Add(inner);
                else if (node is IText text) Add(text.Data, element.LocalName);
            Tag(element.LocalName, "</>");
        }

        public override string ToString() => string.Concat(_parts.Select(part => part.Text));

        private void Open(string name, string space, Func<string, string?> attribute) =>
            Tag(name, $"<{NameOf(name, space)}{string.Concat(AttributesOf(space).Select(key => attribute(key) is { } value ? $" {key}={value}" : ""))}>");

        private void Add(string text, string inside)
        {
            if (IsRaw(inside)) return;
            if (Tags.RoleOf(inside) == TagRole.Skipped) text = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
            else if (_isBlank && inside != "pre") text = text.TrimStart();
            _parts.Add((text, false));
            _isBlank &= text.Length == 0;
        }

        private void Tag(string name, string tag)
        {
            var role = Tags.RoleOf(name);
            var ends = role is TagRole.Container or TagRole.Rule or TagRole.Break;
            // Back over the tags of the line to its last visible text.
            for (var at = _parts.Count - 1; ends && at >= _line && (_parts[at].IsTag || (_parts[at] = (_parts[at].Text.TrimEnd(), false)).Text.Length == 0); at--) { }
            _parts.Add((tag, true));
            if (ends) (_line, _isBlank) = (_parts.Count, true);
            else if (role == TagRole.Image) _isBlank = false;
        }
    }

    [GeneratedRegex("</[a-zA-Z][^>]*>")]
    private static partial Regex EndTag();
}
