using System.Text;

namespace Ingest.Core.Articles.Output;

/// <summary>
/// An article's body as HTML. It is written, not cleaned: every tag is one of those below and every attribute is <c>href</c>, <c>src</c> or an empty <c>alt</c>, so that nothing
/// of a page's own markup can get through.
/// </summary>
internal sealed class HtmlOutput
{
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

    // A control character or half of a pair has no place in HTML, referenced or not.
    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                '\n' or '\t' => _html.Append((char)rune.Value),
                < ' ' or (>= 0x7F and < 0xA0) => _html.Append('\uFFFD'),
                _ when rune.IsBmp => _html.Append((char)rune.Value),
                _ => _html.Append(rune.ToString()),
            };
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
