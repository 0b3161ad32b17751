using System.Buffers;
using System.Collections.Frozen;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Metadata;

/// <summary>What an author's name looks like.</summary>
internal enum NameKind
{
    /// <summary>Two to five words with capitals.</summary>
    Person,

    /// <summary>One word: a first name, a pseudonym, an account.</summary>
    Handle,

    /// <summary>An editorial team, an agency, a site.</summary>
    Organisation,
}

/// <summary>One name of an author field or byline.</summary>
internal readonly record struct AuthorName(string Text, NameKind Kind);

/// <summary>
/// Author fields and bylines hold names, their bearers' work, addresses, handles and dates; this keeps the names. The words around them are
/// data: <c>Rules/metadata.txt</c>.
/// </summary>
internal static class Names
{
    private const int LongestField = 300;
    private const int LongestName = 60;
    private const int MostWords = 6;
    private const int MostNames = 12;
    private const int MostHandles = 3;

    private static readonly SearchValues<char> Separators = SearchValues.Create(",;|•·/⋅→»←…،؛、，；｜／");
    private static readonly SearchValues<char> NoName = SearchValues.Create("@?!<>{}=\\:：©#。＝");
    private static readonly FrozenSet<string> Between = Set("and And AND und Und UND et y e en och i и та й ve و & + sowie");
    private static readonly FrozenSet<string> Particles = Set("von van vom zu zur zum der den de del della di da do dos das du des la le les el al bin ibn ben ter ten y e af av mac o' d' dem till und auf der");
    private static readonly FrozenSet<string> OpeningParticles = Set("van de di da le la el al du ter ten der");
    private static readonly FrozenSet<string> Degrees = Set("phd md dr prof ma msc mba bsc ba llm mag dipl ing pd rn rd jd mph facs");
    private static readonly FrozenSet<string> By = MetadataWords.Of("by");
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LabelWords = By.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string> Roles = MetadataWords.Of("role");
    private static readonly FrozenSet<string> Nobody = MetadataWords.Of("nobody");
    private static readonly FrozenSet<string> Teams = MetadataWords.Of("team");
    private static readonly FrozenSet<string> Others = MetadataWords.Of("other");
    private static readonly FrozenSet<string> Given = MetadataWords.Of("given").SelectMany(names => names.Split(' ')).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> DateLabels = MetadataWords.Of("published").Union(MetadataWords.Of("modified")).Union(MetadataWords.Of("otherdate")).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> BesideDates = MetadataWords.Of("datebeside");

    /// <summary>The names in a field; empty where there are none.</summary>
    /// <param name="value">What the field or line holds.</param>
    /// <param name="isField">The value was declared to be an author, so that it need not look like one in every respect.</param>
    public static List<AuthorName> Read(string value, bool isField = false)
    {
        var names = new List<AuthorName>();
        var text = Unglued(Spaces.Squeeze(value.Length > LongestField ? value[..LongestField] : value));
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) || text.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return names;
        foreach (var part in Parts(WithoutSection(WithoutLabel(text, out _))))
            if (names.Count < MostNames && NameIn(part, isField) is { } name && !names.Exists(n => n.Text.Equals(name.Text, StringComparison.OrdinalIgnoreCase)))
                names.Add(name);
        // More single words than a group of bloggers has are a list of tags.
        return names.FindAll(n => n.Kind == NameKind.Handle).Count > MostHandles ? [] : names;
    }

    /// <summary>Begins with a given name that is known.</summary>
    public static bool IsKnownPerson(AuthorName name) => name.Kind == NameKind.Person && Array.Find(Words.Of(name.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries), word => !Degrees.Contains(word)) is { } first && Given.Contains(first);

    /// <summary>Says "by" and nothing else.</summary>
    public static bool IsLabel(string words) => LabelWords.Contains(words.AsSpan().Trim(' '));

    /// <summary>Names a picture's or a film's maker, or whom the text was taken from.</summary>
    public static bool HasOther(string text) => Array.Exists(Words.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries), Others.Contains);

    /// <summary>The text after "by", "von", "Autor:" …; the text itself where it begins with no such word.</summary>
    public static string WithoutLabel(string text, out bool labelled)
    {
        labelled = false;
        text = Unglued(text);
        var words = Words.Write(text.AsSpan(0, Math.Min(text.Length, LongestName)), stackalloc char[Words.Room(LongestName)]);
        var end = 0;
        for (var at = LabelEnd(words, 1); at > 0; at = LabelEnd(words, at + 1))
            if (LabelWords.Contains(words[1..at]))
                end = at + 1;
        var label = words[..end].ToString();
        if (label.Length == 0 || (label.Length == 3 && DenseScript.Has(label[1]) && text.Length > 1 && char.IsLetter(text[1])))
            return text;
        var rest = PhraseSet.After(text, label);
        if (rest.Length == 0)
            return text;
        labelled = true;
        return rest.Length > 0 && rest.Length < text.Length ? WithoutLabel(rest, out _) : rest;
    }

    // "Erika Muster in Politics, Ports"
    private static string WithoutSection(string text)
    {
        foreach (var into in (ReadOnlySpan<string>)[" in ", " under "])
            if (text.IndexOf(into, StringComparison.Ordinal) is > 0 and var at && !text.AsSpan(at + into.Length).StartsWith('\''))
                text = text[..at];
        return text;
    }

    private static int LabelEnd(ReadOnlySpan<char> words, int from) => words[from..].IndexOf(' ') is >= 0 and var at ? from + at : -1;

    // "ByJane Doe": where a page sets the two apart by style alone.
    private static string Unglued(string text)
    {
        foreach (var by in (ReadOnlySpan<string>)["By", "by", "Von", "von", "VON", "Par", "Por"])
            if (text.Length > by.Length + 1 && text.StartsWith(by, StringComparison.Ordinal) && char.IsUpper(text[by.Length]) && char.IsLower(text[by.Length + 1]) | text[by.Length + 1] == '.')
                return $"{by} {text[by.Length..]}";
        return text;
    }

    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        foreach (var range in text.AsSpan().SplitAny(Separators))
        {
            var piece = text[range];
            var start = 0;
            var words = piece.Split(' ');
            for (var at = 0; at <= words.Length; at++)
                if (at == words.Length || Between.Contains(words[at]) || words[at] is "-" or "–" or "—" or "::")
                {
                    if (at > start)
                        parts.Add(string.Join(' ', words, start, at - start));
                    start = at + 1;
                }
        }
        return parts;
    }

    private static AuthorName? NameIn(string part, bool isField)
    {
        var paren = part.IndexOf('(', Math.Min(1, part.Length));
        paren = paren > 0 && part.IndexOf(')', paren) is var close && (close < 0 || close == part.Length - 1) ? paren : -1;
        var text = WithoutRole(WithoutLabel((paren > 0 ? part[..paren] : part).Trim(' ', '.', ':', '(', ')', '[', ']', '*', '"', '„', '“', '”', '–', '-', '@', '\''), out _));
        text = Cut(text);
        if (text.Length is < 2 or > LongestName || text.AsSpan().ContainsAny(NoName) || text.Contains("://", StringComparison.Ordinal))
            return null;
        var plain = Words.Of(text).Trim();
        if (plain.Length < 2 || By.Contains(plain) || DateLabels.Contains(plain) || BesideDates.Contains(plain) || Nobody.Contains(plain) || Degrees.Contains(plain) || Roles.Contains(plain) || !text.Any(char.IsLetter))
            return null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > MostWords)
            return null;
        if (words.Length > 1 && text.AsSpan().ContainsAnyInRange('0', '9'))
            return null;
        if (IsDomain(text) || plain.Split(' ').Any(Teams.Contains) || (DenseScript.Has(plain[^1]) && Teams.Any(team => plain.EndsWith(team, StringComparison.Ordinal))))
            return new AuthorName(text, NameKind.Organisation);
        if (words.Length == 1)
            return new AuthorName(text, IsCjk(text) && text.Length <= 5 ? NameKind.Person : NameKind.Handle);
        return IsPerson(words) || (isField && words.Length <= 3 && IsCapital(words[0][0])) ? new AuthorName(text, NameKind.Person) : null;
    }

    private static bool IsPerson(string[] words)
    {
        foreach (var word in words)
            if (word.AsSpan().ContainsAnyInRange('0', '9') || (!IsCapital(word[0]) && !Particles.Contains(word)))
                return false;
        return (IsCapital(words[0][0]) || OpeningParticles.Contains(words[0])) && IsCapital(words[^1][0]);
    }

    // Scripts without capitals have nothing to tell.
    private static bool IsCapital(char c) => char.IsUpper(c) || (char.IsLetter(c) && !char.IsLower(c)) || c is '\'' or '’' or '(' or '"' or '„';

    private static bool IsCjk(string text) => text[0] is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF';

    private static bool IsDomain(string text)
    {
        var dot = text.LastIndexOf('.');
        return dot > 1 && !text.Contains(' ', StringComparison.Ordinal) && text.Length - dot is >= 3 and <= 7 && char.IsLetterOrDigit(text[dot - 1]) && text.AsSpan(dot + 1).IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    // Handles behind the name, the pictures' maker, and what led over to a date.
    private static string Cut(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var end = 0;
        while (end < words.Length && (end == 0 || !EndsName(words, end)))
            end++;
        if (end == 1 && words.Length > 1)
            return "";
        while (end > 1 && (BesideDates.Contains(words[end - 1].ToLowerInvariant().TrimEnd(',', '.')) || words[end - 1] is "-" or "–" or "—"))
            end--;
        return end == words.Length ? text : string.Join(' ', words, 0, end);
    }

    // "Erika Muster @erika", "Erika Muster Fotos: Max Beispiel", "Erika Muster at 21:11"
    private static bool EndsName(string[] words, int at) =>
        words[at].ToLowerInvariant().TrimEnd(':') is var word && (word.StartsWith('@') || (word is "for" or "für" or "pour" && Given.Contains(words[0].ToLowerInvariant())) || Others.Contains(word) || (BesideDates.Contains(word) && at + 1 < words.Length && char.IsAsciiDigit(words[at + 1][0])));

    // "Redakteur Max Muster", "Max Muster Redakteur", "Max Muster, PhD": the longest role at either end goes.
    private static string WithoutRole(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (start, end) = (0, words.Length);
        for (var size = Math.Min(3, words.Length - 1); size > 0; size--)
        {
            if (end == words.Length && end - size > start + 1 && IsRole(words, end - size, size))
                end -= size;
            if (start == 0 && size + 1 < end && IsRole(words, 0, size))
                start = size;
        }
        return start == 0 && end == words.Length ? text : string.Join(' ', words, start, end - start);
    }

    private static bool IsRole(string[] words, int from, int count) => Words.Of(string.Join(' ', words, from, count)).Trim() is var phrase && (Roles.Contains(phrase) || EndsAsRole(phrase));

    // "FOCUS-Online-Experte": in German the work is the last part of the word.
    private static bool EndsAsRole(string phrase) => phrase.LastIndexOf(' ') is > 0 and var space && phrase.Length > 8 && Roles.Contains(phrase[(space + 1)..]) && phrase.Contains("online", StringComparison.Ordinal);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
