namespace Ingest.Core.Articles.SiteRules;

/// <summary>
/// Says which elements are meant, by what the extractor keeps of them: CSS's <c>tag</c>, <c>#id</c>, <c>.class</c>, <c>[attr]</c>, <c>[attr=value]</c> with <c>^= $= *= ~=</c>, <c>:first-of-type</c>, <c>:nth-of-type(3)</c>, the space and
/// <c>&gt;</c> between them, and the comma.
/// </summary>
public sealed class Selector
{
    internal Selector(string text, IReadOnlyList<SelectorChain> chains) => (Text, Chains) = (text, chains);

    public string Text { get; }

    internal IReadOnlyList<SelectorChain> Chains { get; }

    /// <summary>Null when the text is no selector; <paramref name="error"/> then says what is wrong with it.</summary>
    public static Selector? TryParse(string text, out string? error) => SelectorReader.Read(text, out error);

    public override string ToString() => Text;
}

/// <summary>One of a selector's alternatives: an element, and what it has to stand in.</summary>
internal sealed record SelectorChain(IReadOnlyList<SelectorStep> Steps)
{
    /// <summary>Matches are counted in bits, one a step.</summary>
    public const int MostSteps = 60;
}

/// <param name="Tag">Null for any.</param>
/// <param name="Number">Its place among its siblings of the same name, from 1; 0 for any.</param>
/// <param name="IsChild">It stands directly in what the step before says, not only somewhere within.</param>
internal sealed record SelectorStep(string? Tag, IReadOnlyList<AttributeTest> Tests, int Number, bool IsChild)
{
    public bool Fits(Markup.LeanElement element, int number)
    {
        if ((Tag is not null && element.Tag.Name != Tag) || (Number != 0 && Number != number))
            return false;
        foreach (var test in Tests)
            if (!test.Fits(element))
                return false;
        return true;
    }
}

internal enum AttributeMatch
{
    Present,
    Equals,
    StartsWith,
    EndsWith,
    Contains,
    HasWord,
}

internal readonly record struct AttributeTest(Markup.AttributeKey Key, AttributeMatch Match, string Value)
{
    public bool Fits(Markup.LeanElement element) => element.HasAttribute(Key) && Fits(element[Key]);

    private bool Fits(ReadOnlySpan<char> value) => Match switch
    {
        AttributeMatch.Present => true,
        AttributeMatch.Equals => value.SequenceEqual(Value),
        _ when Value.Length == 0 => false,
        AttributeMatch.StartsWith => value.StartsWith(Value, StringComparison.Ordinal),
        AttributeMatch.EndsWith => value.EndsWith(Value, StringComparison.Ordinal),
        AttributeMatch.Contains => value.Contains(Value, StringComparison.Ordinal),
        _ => HasWord(value, Value),
    };

    private static bool HasWord(ReadOnlySpan<char> words, string word)
    {
        for (int at; (at = words.IndexOf(word, StringComparison.Ordinal)) >= 0; words = words[(at + word.Length)..])
            if ((at == 0 || char.IsWhiteSpace(words[at - 1])) && (at + word.Length == words.Length || char.IsWhiteSpace(words[at + word.Length])))
                return true;
        return false;
    }
}
