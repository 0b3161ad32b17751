namespace Ingest.Core.Articles;

/// <summary>What became of a line of a page.</summary>
public enum LineFate
{
    /// <summary>It is a paragraph of the article.</summary>
    Kept,

    /// <summary>It stood in the article, and a rule took it.</summary>
    Removed,

    /// <summary>It stands elsewhere on the page.</summary>
    Outside,

    /// <summary>It stands elsewhere, and no reader sees it.</summary>
    Hidden,
}

/// <summary>A line of a page. Of a removed one <paramref name="Kind"/> and <paramref name="Rule"/> stand in the ledger; of one outside the kind is what the markup around calls it, if anything.</summary>
public sealed record PageLine(string Text, LineFate Fate, ResidueKind? Kind, string? Rule);
