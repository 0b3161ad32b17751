using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.SiteRules;

/// <summary>What the selectors of one list find, each in the page's order.</summary>
internal sealed class SelectorMatches(IReadOnlyList<Selector> selectors)
{
    private readonly List<LeanElement>[] _found = [.. selectors.Select(_ => new List<LeanElement>())];

    public IReadOnlyList<Selector> Selectors { get; } = selectors;

    public IEnumerable<LeanElement> All => _found.SelectMany(elements => elements);

    /// <summary>What the first selector found that found something.</summary>
    public IEnumerable<LeanElement> First => Array.Find(_found, elements => elements.Count > 0) ?? [];

    public void Add(int selector, LeanElement element) => _found[selector].Add(element);

    /// <summary>The first value: what a meta or time element declares, else a text; null when there is none.</summary>
    public string? Value()
    {
        foreach (var element in All)
            if (ValueOf(element) is { Length: > 0 } value)
                return value;
        return null;
    }

    private static string ValueOf(LeanElement element) =>
        (element.GetAttribute(AttributeKey.Content) ?? (element.Tag.Name == "time" ? element.GetAttribute(AttributeKey.DateTime) : null))?.Trim() is { Length: > 0 } declared ? declared : ElementText.Of(element);
}
