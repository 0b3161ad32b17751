using Ingest.Newsroom.Grammar;

namespace Ingest.Newsroom.Residue;

/// <summary>Makes the residue of one page. A line that is taken by the text, or by another kind, is not used again.</summary>
internal sealed class Leftovers
{
    private const int Attempts = 4;
    private readonly Dictionary<string, string> _claimed = new(StringComparer.Ordinal);
    private readonly Func<string, string> _wording;
    private readonly Teller _teller;
    private readonly string _title;

    /// <param name="wording">Gives a wording for a section such as <c>residue.byline</c>.</param>
    /// <param name="teller">Fills its slots.</param>
    /// <param name="title">The page's headline.</param>
    /// <param name="text">The true lines.</param>
    public Leftovers(Func<string, string> wording, Teller teller, string title, IEnumerable<string> text)
    {
        (_wording, _teller, _title) = (wording, teller, title);
        foreach (var line in text)
        {
            _claimed[line] = "text";
        }
    }

    /// <summary>The article's picture was credited.</summary>
    public bool Credited { get; private set; }

    /// <summary>Slots of sources that were named.</summary>
    public SortedSet<string> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Residue of a shape, or null when every wording tried collides with something else on the page.</summary>
    public Piece.Leftover? Make(string shape, Dress dress)
    {
        var kind = ResidueKinds.Of(shape);
        if (kind is ResidueKinds.RepeatedHeadline or ResidueKinds.TitleInBody)
        {
            var line = (uint)Dice.StableHash(_title) % 5 == 0 ? _title.ToUpperInvariant() : _title;
            return Claim(kind, [line]) ? new Piece.Leftover(kind, [line], dress) : null;
        }
        for (var i = 0; i < Attempts; i++)
        {
            _teller.Used.Clear();
            string[] lines = [.. _teller.Fill(_wording($"residue.{shape}")).Split('¶', StringSplitOptions.TrimEntries)];
            if (Claim(kind, lines))
            {
                Note(kind);
                return new Piece.Leftover(kind, lines, dress) { Shape = shape };
            }
        }
        return null;
    }

    private bool Claim(string kind, string[] lines)
    {
        if (lines.Any(line => _claimed.TryGetValue(line, out var owner) && owner != kind))
        {
            return false;
        }
        Array.ForEach(lines, line => _claimed[line] = kind);
        return true;
    }

    private void Note(string kind)
    {
        Credited |= kind == ResidueKinds.PhotoCredit;
        if (kind == ResidueKinds.SourceList)
        {
            Sources.UnionWith(_teller.Used.Where(slot => slot.StartsWith("src", StringComparison.Ordinal)));
        }
    }
}
