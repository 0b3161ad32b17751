namespace Ingest.Core.Feeds.Formats;

/// <summary>How well a word says what it is taken for. The best rank wins, and the first of equals.</summary>
internal enum Rank
{
    /// <summary>The format's own word.</summary>
    Own,

    /// <summary>A general vocabulary added to the format (Dublin Core).</summary>
    Module,

    /// <summary>A special one (Media RSS, iTunes).</summary>
    Special,

    /// <summary>Said of something wider.</summary>
    Fallback,
}

/// <summary>A value that several words of a feed may give.</summary>
internal struct Ranked<T> where T : class
{
    private Rank _rank;

    public T? Value { get; private set; }

    public void Offer(T? value, Rank rank)
    {
        if (value is not null && (Value is null || rank < _rank))
        {
            (Value, _rank) = (value, rank);
        }
    }
}

/// <summary>An instant that several words of a feed may give.</summary>
internal struct RankedInstant
{
    private Rank _rank;

    public DateTimeOffset? Value { get; private set; }

    /// <summary>Of equals the last wins: feeds append.</summary>
    public void Offer(DateTimeOffset? value, Rank rank)
    {
        if (value is not null && (Value is null || rank <= _rank))
        {
            (Value, _rank) = (value, rank);
        }
    }
}
