using System.Buffers;
using System.Text;

namespace Ingest.Core.Articles.Output;

/// <summary>
/// An article's body as HTML. It is written, not cleaned: every tag is one of those below and every attribute is <c>href</c>, <c>src</c> or an empty <c>alt</c>, so that nothing
/// of a page's own markup can get through.
/// </summary>
internal sealed class HtmlOutput
{
    // What is markup; control characters and halves of pairs, which have no place in HTML, referenced or not.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>\"", .. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => (char.IsControl(c) && c is not ('\n' or '\t')) || char.IsSurrogate(c))]);

    private readonly StringBuilder _html = new();
    private IReadOnlyList<Frame> _open = [];

    public static string Write(IReadOnlyList<BodyPart> body)
    {
        var output = new HtmlOutput();
        foreach (var part in body)
            output.Part(part);
        output.Around([]);
        return output._html.ToString();
    }

    private void Part(BodyPart part)
    {
        var isNew = Around(part.Around);
        switch (part)
        {
            case BodyPart.Line { IsItem: true } item when isNew:
                Text(item.Text);
                break;
            case BodyPart.Line line:
                var tag = line.Level switch { 0 => "p", 2 => "h2", 3 => "h3", _ => "h4" };
                NewLine();
                _html.Append('<').Append(tag).Append('>');
                Text(line.Text);
                _html.Append("</").Append(tag).Append('>');
                break;
            case BodyPart.Code code:
                NewLine();
                _html.Append("<pre>");
                Escape(string.Join('\n', code.Lines));
                _html.Append("</pre>");
                break;
            case BodyPart.Table table:
                Rows(table.Rows);
                break;
            case BodyPart.Picture picture:
                NewLine();
                // What a picture shows is told in the article's images, apart from its text.
                _html.Append("<figure><img src=\"");
                Escape(picture.Url.AbsoluteUri);
                _html.Append("\" alt=\"\"></figure>");
                break;
        }
    }

    // Closes what is not around the next part, and opens what is; whether there was anything to open.
    private bool Around(IReadOnlyList<Frame> next)
    {
        var shared = 0;
        while (shared < _open.Count && shared < next.Count && ReferenceEquals(_open[shared], next[shared]))
            shared++;
        for (var at = _open.Count - 1; at >= shared; at--)
        {
            if (_open[at].Kind != FrameKind.Item)
                NewLine();
            _html.Append("</").Append(TagOf(_open[at])).Append('>');
        }
        for (var at = shared; at < next.Count; at++)
        {
            NewLine();
            _html.Append('<').Append(TagOf(next[at])).Append('>');
        }
        _open = next;
        return shared < next.Count;
    }

    private void Rows(IReadOnlyList<IReadOnlyList<TableCell>> rows)
    {
        NewLine();
        _html.Append("<table>");
        foreach (var row in rows)
        {
            _html.Append("\n<tr>");
            foreach (var cell in row)
            {
                _html.Append(cell.IsHead ? "<th>" : "<td>");
                Text(cell.Text);
                _html.Append(cell.IsHead ? "</th>" : "</td>");
            }
            _html.Append("</tr>");
        }
        _html.Append("\n</table>");
    }

    private void Text(IReadOnlyList<StyledText> text)
    {
        string? link = null;
        foreach (var (run, style) in text)
        {
            if (link != style.Address)
            {
                _html.Append(link is null ? "" : "</a>");
                if (style.Address is not null)
                {
                    _html.Append("<a href=\"");
                    Escape(style.Address);
                    _html.Append("\">");
                }
                link = style.Address;
            }
            _html.Append(style.Strong ? "<strong>" : "").Append(style.Emphasis ? "<em>" : "").Append(style.Code ? "<code>" : "");
            Escape(run);
            _html.Append(style.Code ? "</code>" : "").Append(style.Emphasis ? "</em>" : "").Append(style.Strong ? "</strong>" : "");
        }
        _html.Append(link is null ? "" : "</a>");
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAny(Special)) >= 0;)
        {
            _html.Append(text[..at]);
            var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            if (isPair)
                _html.Append(text.Slice(at, 2));
            else
                _html.Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "\uFFFD" });
            text = text[(at + (isPair ? 2 : 1))..];
        }
        _html.Append(text);
    }

    private void NewLine()
    {
        if (_html.Length > 0)
            _html.Append('\n');
    }

    private static string TagOf(Frame frame) => frame.Kind switch
    {
        FrameKind.Quote => "blockquote",
        FrameKind.Bullets => "ul",
        FrameKind.Numbers => "ol",
        _ => "li",
    };
}
