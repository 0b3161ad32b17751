using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.SiteRules;

/// <summary>
/// One walk over a page that finds the elements of all selectors. For each element it knows which steps of each chain end there, and which ended at an element around it: the
/// work is elements by steps, however a page nests.
/// </summary>
internal sealed class SelectorWalk
{
    private readonly List<(SelectorMatches Matches, int Selector, SelectorChain Chain)> _chains = [];
    private readonly List<Level> _levels = [];

    public static void Over(LeanDocument document, IEnumerable<SelectorMatches> lists)
    {
        var walk = new SelectorWalk();
        foreach (var list in lists)
            for (var at = 0; at < list.Selectors.Count; at++)
                foreach (var chain in list.Selectors[at].Chains)
                    walk._chains.Add((list, at, chain));
        if (document.Root is { } root && walk._chains.Count > 0)
            walk.Visit(root, depth: 1, number: 1);
    }

    private void Visit(LeanElement element, int depth, int number)
    {
        var (outer, own) = (LevelAt(depth - 1), LevelAt(depth));
        for (var at = 0; at < _chains.Count; at++)
        {
            var (matches, selector, chain) = _chains[at];
            var ended = Ended(chain, element, number, outer.Here[at], outer.Around[at]);
            (own.Here[at], own.Around[at]) = (ended, outer.Around[at] | ended);
            if ((ended >> (chain.Steps.Count - 1)) != 0)
                matches.Add(selector, element);
        }
        Dictionary<LeanTag, int>? numbers = null;
        for (var node = element.First; node is not null; node = node.Next)
            if (node is LeanElement child)
            {
                numbers ??= [];
                numbers[child.Tag] = numbers.GetValueOrDefault(child.Tag) + 1;
                Visit(child, depth + 1, numbers[child.Tag]);
            }
    }

    // Bit n: the chain's steps up to n fit, the last of them this element.
    private static ulong Ended(SelectorChain chain, LeanElement element, int number, ulong parent, ulong around)
    {
        var ended = 0ul;
        for (var at = 0; at < chain.Steps.Count; at++)
        {
            var before = chain.Steps[at].IsChild ? parent : around;
            if ((at == 0 || ((before >> (at - 1)) & 1) != 0) && chain.Steps[at].Fits(element, number))
                ended |= 1ul << at;
        }
        return ended;
    }

    private Level LevelAt(int depth)
    {
        while (_levels.Count <= depth)
            _levels.Add(new Level(new ulong[_chains.Count], new ulong[_chains.Count]));
        return _levels[depth];
    }

    private sealed record Level(ulong[] Here, ulong[] Around);
}
