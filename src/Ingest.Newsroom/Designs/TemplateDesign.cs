using System.Buffers;
using System.Text;
using Ingest.Newsroom.Residue;

namespace Ingest.Newsroom.Designs;

/// <summary>A design written as a file. Its settings, each of which may be missing but for <c>site</c>:</summary>
/// <remarks>
/// <c>site</c> the site's name; <c>style</c> a <see cref="ClassStyle"/>; <c>manner</c> a <see cref="Manner"/>;
/// <c>charset</c> (UTF-8; written out, it comes with a byte order mark) and <c>content-type</c>, the header, which names the charset unless it says otherwise;
/// <c>lead</c> (the first paragraph; with <c>$initial</c> its first letter stands apart), <c>paragraph</c>, <c>heading</c>, <c>quote</c>, <c>question</c>, <c>list</c>, <c>item</c>, <c>line</c> (of bare residue), with a <c>$text</c>; <c>blank</c> as it is;
/// <c>inside</c>, more than once: a number of true blocks and the kind of furniture that follows them inside the text, or markup with its slots;
/// <c>between</c>, more than once: a number and the markup that parts the text after each so many true blocks, or <c>heading</c> or a kind of residue, and the markup before each of them;
/// a kind of residue or a shape of one, or <c>residue</c> for all that have none: how it is written where it is marked, as <see cref="PieceMarkup"/>.
/// </remarks>
internal sealed class TemplateDesign : PageDesign
{
    private const string Initial = "$initial";

    private static readonly HashSet<string> Kinds = [.. ResidueKinds.InBody.Select(k => k.Kind), .. ResidueKinds.Shapes];

    private static readonly HashSet<string> Blocks = ["lead", "paragraph", "heading", "quote", "question", "list", "item", "line"];

    private static readonly HashSet<string> Known = ["site", "style", "manner", "charset", "content-type", "blank", "inside", "between", "residue", .. Blocks, .. Kinds];

    private static readonly SearchValues<char> Openers = SearchValues.Create("“„«¿¡\"");

    private static readonly EncoderReplacementFallback Lost = new("?");

    private readonly Template _template;
    private readonly Dictionary<string, PieceMarkup> _markup;
    private readonly (int After, IReadOnlyList<TemplatePart> Parts)[] _inside;
    private readonly (string At, string Markup)[] _between;

    public TemplateDesign(Template template)
    {
        _template = template;
        _inside = [.. Pairs("inside").Select(pair => (Number(pair.First), Template.Parts(template.Name, Kinds.Contains(pair.Then) ? $"{{{{{pair.Then}}}}}" : pair.Then)))];
        Check(template, template.Page.Concat(_inside.SelectMany(i => i.Parts)));
        Name = template.Name;
        Site = template.Setting("site") ?? throw template.Wrong("names no site");
        Style = Parsed<ClassStyle>("style");
        Manner = Parsed<Manner>("manner");
        if (template.Setting("charset") is { } charset)
        {
            Encoding = NamedEncoding(charset);
        }
        ContentType = template.Setting("content-type") ?? $"text/html; charset={Encoding.WebName}";
        _markup = template.Settings.Where(s => s.Key == "residue" || Kinds.Contains(s.Key)).ToDictionary(s => s.Key, s => new PieceMarkup(s.Single()), StringComparer.Ordinal);
        _between = [.. Pairs("between")];
        if (!_between.All(b => b.At == "heading" || Kinds.Contains(b.At) || Number(b.At) > 0) || _inside.Any(i => Kindred(i.Parts).Length == 0))
        {
            throw template.Wrong("puts something unknown between or inside");
        }
        Furniture = [.. Kindred(template.Page.Concat(_inside.SelectMany(i => i.Parts))).Distinct()];
    }

    public override string Name { get; }

    /// <summary>The name of the site that looks like this.</summary>
    public string Site { get; }

    /// <summary>How its newsroom writes.</summary>
    public Manner Manner { get; }

    public override IReadOnlyList<string> Furniture { get; }
    public override string ContentType { get; }
    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    protected override ClassStyle Style { get; }
    protected override string ListStart => _template.Setting("list")?.Split(PieceMarkup.Text)[0] ?? base.ListStart;
    protected override string ListEnd => _template.Setting("list")?.Split(PieceMarkup.Text)[1] ?? base.ListEnd;

    public override bool StandsInBody(string shape) => _inside.Any(i => Kindred(i.Parts).Contains(shape));

    public override string Render(Page page) =>
        Encodable(Filled(_template.Page, page));

    public override string Body(IReadOnlyList<Piece> pieces) => Parted(pieces, page: null);

    protected override string Paragraph(string inline) => Wrapped("paragraph", inline) ?? base.Paragraph(inline);
    protected override string Heading(string inline) => Wrapped("heading", inline) ?? base.Heading(inline);
    protected override string Quote(string inline) => Wrapped("quote", inline) ?? base.Quote(inline);
    protected override string Question(string inline) => Wrapped("question", inline) ?? base.Question(inline);
    protected override string ListItem(string inline) => Wrapped("item", inline) ?? base.ListItem(inline);
    protected override string BareLine(string inline) => Wrapped("line", inline) ?? base.BareLine(inline);
    protected override string Blank() => _template.Setting("blank") ?? base.Blank();

    protected override string Marked(Piece.Leftover piece) =>
        (_markup.GetValueOrDefault(piece.Shape) ?? _markup.GetValueOrDefault(piece.Kind) ?? _markup.GetValueOrDefault("residue"))?.Write(piece.Lines, ClassNames.For(piece.Kind, Style)) ?? base.Marked(piece);

    /// <summary>The kinds and shapes of furniture that some markup asks for.</summary>
    private static string[] Kindred(IEnumerable<TemplatePart> parts) => [.. parts.Select(part => part.Slot).OfType<string>().Where(Kinds.Contains)];

    private string Filled(IEnumerable<TemplatePart> parts, Page page) =>
        string.Concat(parts.Select(part => part.Slot is null ? part.Text : Filled(part.Slot, part.Markup, page)));

    private string Filled(string slot, PieceMarkup? markup, Page page)
    {
        if (Kinds.Contains(slot))
        {
            return markup is null ? Furnish(page, slot) : string.Join('\n', page.Of(slot).Select(piece => markup.Write(piece.Lines, ClassNames.For(ResidueKinds.Of(slot), Style))));
        }
        if (TemplateSlots.Lines.TryGetValue(slot, out var lines))
        {
            string[] known = [.. lines(page).OfType<string>()];
            return markup is null ? E(string.Join(", ", known)) : known.Length == 0 ? "" : markup.Write(known);
        }
        return slot == TemplateSlots.Body ? Parted(page.Body, page) : TemplateSlots.Markup[slot](page);
    }

    /// <summary>The body with what the template puts between its blocks, never inside a list; the furniture among them only where the page is given.</summary>
    private string Parted(IReadOnlyList<Piece> pieces, Page? page)
    {
        var html = new StringBuilder();
        var part = new List<Piece>();
        var words = 0;
        var parted = 0;
        foreach (var piece in pieces)
        {
            var seam = Seam(piece, parted, words, page);
            html.Append(seam.Length == 0 ? "" : $"{Flushed(part)}\n{seam}\n");
            parted = IsSeamable(piece) ? words : parted;
            if (words == 0 && piece is Piece.Words { Kind: WordsKind.Paragraph, Text: var lead } && Lead(lead) is { } wrapped)
            {
                html.Append(Flushed(part)).Append(wrapped).Append('\n');
            }
            else
            {
                part.Add(piece);
            }
            words += piece is Piece.Words ? 1 : 0;
        }
        return html.Append(Flushed(part)).Append(Among(page, parted, int.MaxValue)).ToString();
    }

    private string Flushed(List<Piece> part)
    {
        var html = base.Body(part);
        part.Clear();
        return html;
    }

    /// <summary>What is put before a piece, when so many blocks had been written where something could last be put, and until now.</summary>
    private string Seam(Piece next, int before, int now, Page? page)
    {
        var parting = _between.Where(between => next switch
        {
            Piece.Words { Kind: WordsKind.Heading } when between.At == "heading" => true,
            Piece.Leftover { Dress: Dress.Marked, Kind: var kind } => between.At == kind,
            _ => IsSeamable(next) && int.TryParse(between.At, out var every) && now / every > before / every,
        });
        return string.Join('\n', parting.Select(between => between.Markup).Prepend(IsSeamable(next) ? Among(page, before, now) : "")).Trim('\n');
    }

    private string Among(Page? page, int before, int now) =>
        page is null ? "" : string.Concat(_inside.Where(i => i.After > before && i.After <= now).Select(i => Filled(i.Parts, page)));

    private static bool IsSeamable(Piece next) => next is Piece.Words { Kind: not WordsKind.ListItem };

    /// <summary>The first paragraph, its first letter apart (with what opens a quotation) where the template has a place for it; null where leads are like any other.</summary>
    private string? Lead(string text)
    {
        var letter = text.AsSpan().IndexOfAnyExcept(Openers);
        return _template.Setting("lead")?.Contains(Initial, StringComparison.Ordinal) == true && letter >= 0
            ? Wrapped("lead", Inline.Enriched(text[(letter + 1)..]))!.Replace(Initial, E(text[..(letter + 1)]), StringComparison.Ordinal)
            : Wrapped("lead", Inline.Enriched(text));
    }

    private string? Wrapped(string setting, string inline) => _template.Setting(setting)?.Replace(PieceMarkup.Text, inline, StringComparison.Ordinal);

    private IEnumerable<(string First, string Then)> Pairs(string setting) => _template.Settings[setting].Select(value => value.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space
        ? (value[..space], value[(space + 1)..])
        : throw _template.Wrong($"has half a setting: {setting}: {value}"));

    private int Number(string digits) => int.TryParse(digits, out var number) && number > 0 ? number : throw _template.Wrong($"counts to '{digits}'");

    private T Parsed<T>(string setting)
        where T : struct, Enum =>
        _template.Setting(setting) is not { } written ? default : Enum.TryParse<T>(written, out var value) ? value : throw _template.Wrong($"has an unknown {setting}: {written}");

    private static Encoding NamedEncoding(string charset) =>
        CodePagesEncodingProvider.Instance.GetEncoding(charset, Lost, DecoderFallback.ReplacementFallback) ?? Encoding.GetEncoding(charset, Lost, DecoderFallback.ReplacementFallback);

    private static void Check(Template template, IEnumerable<TemplatePart> parts)
    {
        if (template.Settings.FirstOrDefault(s => !Known.Contains(s.Key)) is { } unknown)
        {
            throw template.Wrong($"has an unknown setting: {unknown.Key}");
        }
        if (template.Settings.FirstOrDefault(s => s.Key is not ("inside" or "between") && s.Count() > 1) is { } twice)
        {
            throw template.Wrong($"says twice: {twice.Key}");
        }
        if (Blocks.FirstOrDefault(block => template.Setting(block) is { } markup && markup.Split(PieceMarkup.Text).Length != 2) is { } textless)
        {
            throw template.Wrong($"wants one {PieceMarkup.Text} in {textless}");
        }
        if (parts.FirstOrDefault(part => part.Slot is { } slot && !Kinds.Contains(slot) && !TemplateSlots.Knows(slot, part.Markup is not null)) is { } wrong)
        {
            throw template.Wrong($"has an unknown slot: {wrong.Slot}");
        }
        if (parts.Count(part => part.Slot == TemplateSlots.Body) != 1)
        {
            throw template.Wrong("wants one body");
        }
    }
}
