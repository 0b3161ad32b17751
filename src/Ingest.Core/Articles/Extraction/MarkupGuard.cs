using System.Collections.Frozen;
using AngleSharp.Html.Parser.Tokens;

namespace Ingest.Core.Articles.Extraction;

/// <summary>
/// Watches the tokens of one parse and stops it before markup can grow expensive: nesting, and formatting elements that a tree
/// builder opens again after every block. AngleSharp bounds the depth of its tree itself, but not the time it takes: 30,000 open
/// <c>div</c> cost it 3 s, 30,000 times <c>&lt;b&gt;&lt;a&gt;&lt;div&gt;</c> 50 s (measured on 1.10.3).
/// </summary>
internal sealed class MarkupGuard(int maxDepth)
{
    // 500,000 reopened elements take about a second; the busiest of 1,092 saved pages needs under 20,000.
    private const int ReopeningBudget = 500_000;

    private static readonly FrozenSet<string> Void = Set("area base br col embed hr img input link meta param source track wbr keygen frame basefont bgsound");
    private static readonly FrozenSet<string> Formatting = Set("a b big code em font i nobr s small strike strong tt u");
    private static readonly FrozenSet<string> Blocks = Set("address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup li listing main menu nav ol p pre search section summary ul dd dt body html select template object");
    private static readonly FrozenSet<string> TableParts = Set("table caption colgroup tbody tfoot thead tr td th");
    private static readonly FrozenSet<string> TableScope = Set("table template");
    private static readonly FrozenSet<string> Scope = Set("table td th caption template object applet marquee button svg math");
    private static readonly FrozenDictionary<string, FrozenSet<string>> ImpliedEnds = new Dictionary<string, FrozenSet<string>>
    {
        ["p"] = Set("p"),
        ["li"] = Set("li p"),
        ["dt"] = Set("dt dd p"),
        ["dd"] = Set("dt dd p"),
        ["option"] = Set("option"),
        ["optgroup"] = Set("option optgroup"),
        ["td"] = Set("td th p"),
        ["th"] = Set("td th p"),
        ["tr"] = Set("td th tr p"),
        ["thead"] = Set("td th tr thead tbody tfoot p"),
        ["tbody"] = Set("td th tr thead tbody tfoot p"),
        ["tfoot"] = Set("td th tr thead tbody tfoot p"),
    }.ToFrozenDictionary();

    private readonly List<string> _open = [];
    private readonly Dictionary<string, int> _formatting = [];
    private int _foreign = int.MaxValue;
    private int _reopenable;
    private int _reopened;

    public void Watch(HtmlToken token)
    {
        if (token.Type == AngleSharp.Html.Parser.HtmlTokenType.StartTag)
            Open((HtmlTagToken)token);
        else if (token.Type == AngleSharp.Html.Parser.HtmlTokenType.EndTag)
            Close(token.Name);
        _reopened += _reopenable;
        if (_open.Count > maxDepth || _reopened > ReopeningBudget)
            throw new MarkupBeyondLimitsException();
    }

    private void Open(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (Void.Contains(name) || (tag.IsSelfClosing && _foreign < _open.Count))
            return;
        if (ImpliedEnds.TryGetValue(name, out var ends))
            while (_open.Count > 0 && ends.Contains(_open[^1]))
                _open.RemoveAt(_open.Count - 1);
        if (Blocks.Contains(name) && Find("p", Scope) is >= 0 and var paragraph)
            _open.RemoveRange(paragraph, _open.Count - paragraph);
        if (name is "svg" or "math" && _foreign >= _open.Count)
            _foreign = _open.Count;
        _open.Add(name);
        if (Formatting.Contains(name))
            Formatted(name, tag.Attributes.Count > 0);
    }

    // A builder keeps at most three equal formatting elements ("Noah's Ark"), and one link.
    private void Formatted(string name, bool distinct)
    {
        var count = _formatting.GetValueOrDefault(name);
        if (name == "a" ? count > 0 : !distinct && count >= 3)
            return;
        _formatting[name] = count + 1;
        _reopenable++;
    }

    private void Close(string name)
    {
        if (_formatting.TryGetValue(name, out var count) && count > 0)
        {
            _formatting[name] = count - 1;
            _reopenable--;
        }
        var at = Find(name, TableParts.Contains(name) ? TableScope : Scope);
        if (at < 0)
            return;
        // Only a block's end tag closes what is open inside of it; an inline one leaves blocks open.
        if (Blocks.Contains(name) || TableParts.Contains(name))
            _open.RemoveRange(at, _open.Count - at);
        else
            _open.RemoveAt(at);
        if (_foreign >= _open.Count)
            _foreign = int.MaxValue;
    }

    // An end tag does not reach out of a cell, an object or a template.
    private int Find(string name, FrozenSet<string> scope)
    {
        for (var at = _open.Count - 1; at >= 0; at--)
            if (_open[at] == name)
                return at;
            else if (scope.Contains(_open[at]))
                return -1;
        return -1;
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet();
}

/// <summary>Thrown from inside the parser, which has no other way to be stopped; never leaves <see cref="HtmlReader"/>.</summary>
internal sealed class MarkupBeyondLimitsException : Exception;
