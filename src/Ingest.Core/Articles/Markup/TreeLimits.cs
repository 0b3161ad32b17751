namespace Ingest.Core.Articles.Markup;

/// <summary>
/// Stops a parse before hostile markup grows expensive. The builder's work for a token grows with the elements that are open; for each block it opens again the formatting that is open
/// (30,000 times <c>&lt;b&gt;&lt;a&gt;&lt;div&gt;</c> cost 50 s unguarded, measured on AngleSharp 1.10.3); what stands wrongly in a table is inserted among all siblings of the table.
/// </summary>
internal sealed class TreeLimits(int maxDepth)
{
    // 500,000 reopened elements take about a second; the busiest of 1,092 saved pages needs under 20,000.
    private const int MostCopies = 500_000;

    // Nodes added or looked through: some seconds at the worst. A page of ten million characters has at most three million.
    private const long MostWork = 200_000_000;

    private int _copies;
    private long _work;

    /// <summary>The depth, when it is within the limit.</summary>
    public ushort Check(int depth) => depth <= Math.Min(maxDepth, ushort.MaxValue) ? (ushort)depth : throw new MarkupBeyondLimitsException();

    public void Copied()
    {
        if (++_copies > MostCopies)
            throw new MarkupBeyondLimitsException();
    }

    public void Work(int nodes)
    {
        if ((_work += nodes) > MostWork)
            throw new MarkupBeyondLimitsException();
    }
}

/// <summary>Thrown from inside the parser, which has no other way to be stopped; never leaves <see cref="HtmlReader"/>.</summary>
internal sealed class MarkupBeyondLimitsException : Exception;
