using System.Globalization;
using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.SiteRules;

/// <summary>Reads a selector's text. Errors are told with the place in the text, counted from 1.</summary>
internal ref struct SelectorReader
{
    private const int Longest = 2_000;

    private readonly string _text;
    private int _at;
    private string? _error;

    private SelectorReader(string text) => _text = text;

    public static Selector? Read(string text, out string? error)
    {
        text = text.Trim();
        var reader = new SelectorReader(text);
        var chains = new List<SelectorChain>();
        if (text.Length is 0 or > Longest)
            reader.Fail(text.Length == 0 ? "it is empty" : $"it is longer than {Longest} characters");
        while (reader._error is null && reader._at < text.Length)
        {
            chains.Add(reader.Chain());
            if (reader._error is null && reader._at < text.Length && (reader._text[reader._at++] != ',' || reader._at == text.Length))
                reader.Fail("a selector is missing behind the comma");
        }
        error = reader._error;
        return error is null ? new Selector(text, chains) : null;
    }

    private readonly char Next => _at < _text.Length ? _text[_at] : '\0';

    private SelectorChain Chain()
    {
        var steps = new List<SelectorStep>();
        SkipSpace();
        for (var isChild = false; _error is null;)
        {
            steps.Add(Step(isChild));
            var isParted = SkipSpace();
            isChild = Next == '>';
            if (isChild)
            {
                _at++;
                SkipSpace();
            }
            if (_error is not null || (!isChild && (!isParted || Next is ',' or '\0')))
                break;
        }
        if (_error is null && Next is not (',' or '\0'))
            Fail($"'{Next}' is not understood");
        if (steps.Count > SelectorChain.MostSteps)
            Fail($"it has more than {SelectorChain.MostSteps} steps");
        return new SelectorChain(steps);
    }

    private SelectorStep Step(bool isChild)
    {
        var (start, number) = (_at, 0);
        var tests = new List<AttributeTest>();
        var tag = Next == '*' ? null : Name();
        if (Next == '*')
            _at++;
        while (_error is null && Next is '#' or '.' or '[' or ':')
            switch (_text[_at++])
            {
                case '#':
                    tests.Add(new AttributeTest(AttributeKey.Id, AttributeMatch.Equals, Name() ?? Missing("an id")));
                    break;
                case '.':
                    tests.Add(new AttributeTest(AttributeKey.Class, AttributeMatch.HasWord, Name() ?? Missing("a class")));
                    break;
                case '[':
                    tests.Add(Attribute());
                    break;
                default:
                    number = Number();
                    break;
            }
        if (_at == start)
            Fail(Next == '\0' ? "an element is missing at the end" : $"'{Next}' is not understood");
        return new SelectorStep(tag?.ToLowerInvariant(), tests, number, isChild);
    }

    private AttributeTest Attribute()
    {
        SkipSpace();
        var name = Name()?.ToLowerInvariant() ?? Missing("an attribute's name");
        if (LeanAttributes.KeyOf(name) is AttributeKey.None)
            Fail($"the attribute {name} is none of those that are read (class, id, itemprop, role, rel, name, property, href …)");
        SkipSpace();
        var match = Next switch { '=' => AttributeMatch.Equals, '^' => AttributeMatch.StartsWith, '$' => AttributeMatch.EndsWith, '*' => AttributeMatch.Contains, '~' => AttributeMatch.HasWord, _ => AttributeMatch.Present };
        if (match is not (AttributeMatch.Present or AttributeMatch.Equals))
            _at++;
        if (match != AttributeMatch.Present)
            Expect('=');
        var value = match == AttributeMatch.Present ? "" : Value();
        SkipSpace();
        Expect(']');
        return new AttributeTest(LeanAttributes.KeyOf(name), match, value);
    }

    private string Value()
    {
        SkipSpace();
        if (Next is not ('"' or '\''))
            return Name() ?? Missing("a value");
        var end = _text.IndexOf(Next, _at + 1);
        if (end < 0)
            return Missing($"a closing {Next}");
        var value = _text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    // ":first-of-type" or ":nth-of-type(3)".
    private int Number()
    {
        if (Take("first-of-type"))
            return 1;
        if (!Take("nth-of-type("))
            Fail("of what begins with a colon only :first-of-type and :nth-of-type(3) are understood");
        var end = _error is null ? _text.IndexOf(')', _at) : -1;
        if (end < 0 || !int.TryParse(_text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            Fail("a number from 1 and a closing bracket are missing");
            return 0;
        }
        _at = end + 1;
        return number;
    }

    private string? Name()
    {
        var start = _at;
        while (char.IsLetterOrDigit(Next) || Next is '-' or '_')
            _at++;
        return _at > start ? _text[start.._at] : null;
    }

    private bool Take(string word)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            return false;
        _at += word.Length;
        return true;
    }

    private bool SkipSpace()
    {
        var start = _at;
        while (char.IsWhiteSpace(Next))
            _at++;
        return _at > start;
    }

    private void Expect(char sign)
    {
        if (Next == sign)
            _at++;
        else
            Fail($"'{sign}' is missing");
    }

    private string Missing(string what)
    {
        Fail($"{what} is missing");
        return "";
    }

    private void Fail(string what) => _error ??= string.Create(CultureInfo.InvariantCulture, $"'{_text}': {what} (character {_at + 1})");
}
