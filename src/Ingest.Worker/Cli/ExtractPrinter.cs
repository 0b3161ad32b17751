using System.Globalization;
using System.Net;
using System.Text;
using Ingest.Core.Articles;

namespace Ingest.Worker.Cli;

/// <summary>How <c>ingest extract</c> prints what came of an input.</summary>
/// <param name="Forms">What the extractor has to make for it.</param>
internal abstract record ExtractPrinter(ArticleForms Forms)
{
    public abstract ReadOnlyMemory<byte> Print(ExtractedInput input);

    public static ArticleForms FormsOf(string format) => format switch { "markdown" => ArticleForms.Markdown, "html" => ArticleForms.Html, "json" => ArticleForms.Markdown | ArticleForms.Html, _ => ArticleForms.None };

    /// <summary>The article, under its title.</summary>
    public sealed record Readable(string Format) : ExtractPrinter(FormsOf(Format))
    {
        public override ReadOnlyMemory<byte> Print(ExtractedInput input)
        {
            if (input.Article is not { } article) return default;
            var title = article.Title is null ? "" : Format == "html" ? $"<h1>{WebUtility.HtmlEncode(article.Title)}</h1>\n" : $"# {article.Title}\n\n";
            return Encoding.UTF8.GetBytes($"{title}{article.Html ?? article.Markdown ?? article.Text}\n\n");
        }
    }

    /// <summary>The page's lines, each with what became of it: <c>+ kept</c>, <c>- [kind/rule] removed</c>, and without a sign those that stood elsewhere.</summary>
    public sealed record Explained(bool IsColoured) : ExtractPrinter(ArticleForms.Lines)
    {
        private const string Green = "\e[32m", Red = "\e[31m", Grey = "\e[90m", Plain = "\e[0m";

        public override ReadOnlyMemory<byte> Print(ExtractedInput input)
        {
            if (input.Outcome is null) return default;
            var text = new StringBuilder();
            if (input.Article?.Title is { } title) text.Append(CultureInfo.InvariantCulture, $"# {Output.Short(title, int.MaxValue)}\n\n");
            foreach (var line in input.Outcome.Lines)
            {
                var (mark, colour) = Marked(line);
                var shown = $"{mark} {Output.Short(line.Text, int.MaxValue)}";
                text.Append(IsColoured ? $"{colour}{shown}{Plain}" : shown).Append('\n');
            }
            return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
        }

        private static (string Mark, string Colour) Marked(PageLine line) => line switch
        {
            { Fate: LineFate.Kept } => ("+", Green),
            { Fate: LineFate.Removed, Kind: { } kind } => ($"- [{kind.WireName()}/{line.Rule}]", Red),
            { Fate: LineFate.Outside, Kind: { } kind } => ($"  [outside/{kind.WireName()}]", Grey),
            _ => ($"  [{line.Fate.ToString().ToLowerInvariant()}]", Grey),
        };
    }
}
