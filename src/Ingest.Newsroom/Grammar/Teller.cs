using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingest.Newsroom.Grammar;

/// <summary>Fills the slots of phrases for one article: its own town and people, its topic's words, each phrase once before any comes again.</summary>
internal sealed class Teller
{
    private static readonly SearchValues<char> Openers = SearchValues.Create("“„«¿¡\u00A0\" ");
    private readonly PhraseBook _book;
    private readonly string _topic;
    private readonly Dice _dice;
    private readonly Dictionary<string, string> _bound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _bags = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<(string Name, string Role)> _cast;
    private int _last;

    public Teller(PhraseBook book, string topic, Dice dice)
    {
        (_book, _topic, _dice) = (book, topic, dice);
        Bind("town", Fill("{town-head}{town-tail}"));
        _cast = [.. Enumerable.Range(0, 4).Select(_ => (NewPerson(), Fill("{role}")))];
    }

    /// <summary>Slots that were filled by name since the teller was made.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    public void Bind(string slot, string value) => _bound[slot] = value;

    public string NewPerson() => Fill("{first} {last}");

    /// <summary>A phrase of a section, filled, beginning with a capital.</summary>
    public string Sentence(string section) => Capitalised(Fill(Draw(section)));

    public string Fill(string phrase)
    {
        var text = new StringBuilder();
        var at = 0;
        while (phrase.IndexOf('{', at) is >= 0 and var open)
        {
            var close = phrase.IndexOf('}', open);
            text.Append(phrase, at, open - at).Append(Slot(phrase[(open + 1)..close]));
            at = close + 1;
        }
        return text.Append(phrase, at, phrase.Length - at).ToString();
    }

    public static string Capitalised(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(Openers);
        return at < 0 || !char.IsLower(text[at]) ? text : $"{text[..at]}{char.ToUpperInvariant(text[at])}{text[(at + 1)..]}";
    }

    private string Slot(string name)
    {
        Used.Add(name);
        if (_bound.TryGetValue(name, out var value))
        {
            return value;
        }
        if (name.StartsWith("n:", StringComparison.Ordinal))
        {
            var dash = name.IndexOf('-');
            return _dice.Between(Number(name[2..dash]), Number(name[(dash + 1)..])).ToString(CultureInfo.InvariantCulture);
        }
        return name switch
        {
            "person" => Next().Name,
            "who" => Who(Next()),
            "surname" => Surname(Next().Name),
            _ when char.IsUpper(name[0]) => Capitalised(Slot(name.ToLowerInvariant())),
            _ => Fill(Draw(name)),
        };
    }

    /// <summary>Someone of the cast, never the same twice running: nobody disagrees with himself.</summary>
    private (string Name, string Role) Next() => _cast[_last = (_last + _dice.Between(1, _cast.Count - 1)) % _cast.Count];

    private static string Who((string Name, string Role) person) => $"{person.Name}, {person.Role}";

    private static string Surname(string name) => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private string Draw(string section)
    {
        var name = _book.Has($"{_topic}.{section}") ? $"{_topic}.{section}" : section;
        if (!_bags.TryGetValue(name, out var bag) || bag.Count == 0)
        {
            _bags[name] = bag = new Queue<string>(_dice.Shuffled(_book[name]));
        }
        return bag.Dequeue();
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
