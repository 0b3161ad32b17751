using System.Buffers;
using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Output;

namespace Ingest.Core.Articles.Extraction;

/// <summary>Gathers text into blocks: collapses white space, ends a block where a page would start a new line, keeps the regions' spans.</summary>
internal sealed class BlockWriter
{
    private const int LongestRow = 400;

    // Most pages have some hundreds of blocks and regions.
    private const int FewestOfPage = 128;

    // A label over a line is shorter than any line that a page breaks by hand to fit its column.
    private const int LongestLabelLine = 45;

    // White space other than the space. Zero-width and soft characters part nothing and say nothing; a byte order mark within a text parts words as a space does.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(c => char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF' or '\u00AD').Where(c => c != ' ')]);

    private readonly List<Block> _blocks = new(FewestOfPage);
    private readonly List<Region> _regions = new(FewestOfPage);
    private readonly BlockTrace? _trace;
    private char[] _text = new char[1024];
    private int _length;
    private Region _region;
    private ParagraphKind _kind;
    private int _level;
    private int _links;
    private int _bold;
    private int _linked;
    private int _bolded;
    private int _breaks;
    private int _lineStart;
    private bool _space;
    private bool _broken;

    /// <param name="trace">Learns where each word goes; null when nobody asks.</param>
    public BlockWriter(BlockTrace? trace)
    {
        _trace = trace;
        _region = new Region(parent: null, element: null);
        _regions.Add(_region);
    }

    public Region Region => _region;

    public bool IsInHeading => _level > 0;

    /// <summary>Blocks finished so far.</summary>
    public int Count => _blocks.Count;

    public (IReadOnlyList<Block> Blocks, IReadOnlyList<Region> Regions) Finish()
    {
        Flush();
        _region.EndBlock = _blocks.Count;
        return (_blocks, _regions);
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (_kind == ParagraphKind.Preformatted)
        {
            AppendLines(text);
            return;
        }
        while (text.Length > 0)
        {
            var end = text.IndexOfAny(Special);
            AppendSpaced(end < 0 ? text : text[..end]);
            if (end < 0)
                return;
            _space |= text[end] is not ('\u200B' or '\u00AD');
            text = text[(end + 1)..];
        }
    }

    private void AppendSpaced(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var words = text.TrimStart(' ');
            _space |= words.Length < text.Length;
            var end = words.IndexOf("  ");
            var run = end < 0 ? words.TrimEnd(' ') : words[..end];
            if (run.Length > 0)
                Put(run);
            _space |= run.Length > 0 && run.Length < words.Length;
            text = end < 0 ? default : words[end..];
        }
    }

    public void Break()
    {
        if (_kind == ParagraphKind.Preformatted)
            Flush();
        else
            (_breaks, _space, _broken) = (_breaks + 1, true, true);
    }

    public void OpenLink() => _links++;

    public void CloseLink() => _links--;

    public void OpenBold() => _bold++;

    public void CloseBold() => _bold--;

    /// <summary>Begins an element that stands apart; what it answers goes back to <see cref="Leave"/>.</summary>
    public Mark Enter(LeanElement element, ResidueKind? hint, bool isBody)
    {
        var tag = element.Tag.Name;
        var mark = new Mark(tag, _kind, _level, _region);
        if (tag is "td" or "th" && ContinuesRow())
        {
            Write(" | ");
            _space = false;
        }
        else
            Flush();
        if (tag is "tr" or "td" or "th")
            _broken = false;
        Begin(tag);
        if (hint is not null || isBody || !IsLeaf(tag))
            _regions.Add(_region = new Region(_region, element) { Hint = hint, IsBody = isBody, FirstBlock = _blocks.Count });
        return mark;
    }

    public void Leave(Mark mark)
    {
        // A cell of data waits for its row; what a column holds ends with the column, or it would fall out of its region.
        if (mark.Tag is not ("td" or "th") || !ContinuesRow())
            Flush();
        if (!ReferenceEquals(_region, mark.Region))
            _region.EndBlock = _blocks.Count;
        // The first block of a list item is the item; what follows in it are paragraphs.
        if (mark.Kind != ParagraphKind.ListItem || mark.Tag == "li")
            _kind = mark.Kind;
        (_level, _region) = (mark.Level, mark.Region);
    }

    public void Flush()
    {
        if (_length > 0)
            Emit(_kind == ParagraphKind.Preformatted ? Text.TrimEnd().ToString() : Text.Trim(" |").ToString());
        _trace?.Clear();
        _length = 0;
        (_linked, _bolded, _breaks, _lineStart, _space) = (0, 0, 0, 0, false);
    }

    private void Emit(string text)
    {
        if (text.Length == 0)
            return;
        var single = _kind == ParagraphKind.TableRow && !text.Contains(" | ", StringComparison.Ordinal);
        _blocks.Add(new Block(text, single ? ParagraphKind.Paragraph : _kind, _region)
        {
            Level = _level,
            LinkedCharacters = _linked,
            BoldCharacters = _bolded,
            Weight = _kind is ParagraphKind.Heading ? 0 : Prose.Weigh(text, _linked),
        });
        // What was trimmed in front is none of the text's first characters.
        _trace?.Keep(Text.IndexOf(text[0]), text.Length);
        if (_kind == ParagraphKind.ListItem)
            _kind = ParagraphKind.Paragraph;
    }

    // Cells of data are short and unbroken; longer ones hold a page's columns.
    private bool ContinuesRow() => _kind == ParagraphKind.TableRow && _length is > 0 and < LongestRow && !_broken;

    private ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    // Words with single spaces between them.
    private void Put(ReadOnlySpan<char> words)
    {
        if (_breaks >= 2 || (_breaks == 1 && IsLineOfItsOwn(words[0])))
            Flush();
        if (_breaks > 0)
            _lineStart = _length;
        _breaks = 0;
        if (_space && _length > 0)
            Write(" ");
        _space = false;
        _trace?.Put(_length, words.Length);
        Write(words);
        if (_links > 0)
            _linked += words.Length - words.Count(' ');
        if (_bold > 0)
            _bolded += words.Length - words.Count(' ');
    }

    private void Write(ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    // One line break parts two lines where the upper one is complete, or a label; elsewhere it only wraps a sentence.
    private bool IsLineOfItsOwn(char next)
    {
        if (_kind is ParagraphKind.Heading or ParagraphKind.TableRow || _length == 0)
            return false;
        var length = _length - _lineStart;
        return (length > 1 && Text[^1] is '.' or '!' or '?' or ':' or '…' or '”' or '»' or '。' or '！' or '？' or '：' or '」' or '؟') || (length <= LongestLabelLine && !char.IsLower(next));
    }

    private void AppendLines(ReadOnlySpan<char> text)
    {
        var first = true;
        foreach (var line in text.EnumerateLines())
        {
            if (!first)
                Flush();
            first = false;
            _trace?.Put(_length, line.Length);
            Write(line);
        }
    }

    private void Begin(string tag)
    {
        switch (tag)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                (_kind, _level) = (ParagraphKind.Heading, tag[1] - '0');
                break;
            case "li":
                _kind = ParagraphKind.ListItem;
                break;
            case "blockquote":
                _kind = ParagraphKind.Quote;
                break;
            case "pre":
                _kind = ParagraphKind.Preformatted;
                break;
            case "tr":
                _kind = ParagraphKind.TableRow;
                break;
            default:
                break;
        }
    }

    private static bool IsLeaf(string tag) => tag is "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "li" or "dt" or "dd" or "tr" or "tbody" or "thead";

    internal readonly record struct Mark(string Tag, ParagraphKind Kind, int Level, Region Region);
}
