namespace Ingest.Core.Web;

/// <summary>User agents and the rules for them.</summary>
internal sealed class RobotsGroup
{
    private readonly List<RobotsRule> _rules = [];

    public IReadOnlyList<RobotsRule> Rules => _rules;
    public TimeSpan? CrawlDelay { get; set; }

    /// <summary>The next user agent begins another group. Only rules end a group's head: any other line stands between without meaning (section 2.2.4).</summary>
    public bool IsClosed { get; private set; }

    public void Add(RobotsLine line)
    {
        IsClosed = true;
        if (RobotsPath.OfRule(line.Value) is { } pattern)
        {
            _rules.Add(new RobotsRule(line.Field == RobotsField.Allow, pattern, line.Number));
        }
    }
}

/// <summary>One rule. Its pattern is in the form of <see cref="RobotsPath"/>; <c>*</c> stands for anything and a <c>$</c> at the end for the end.</summary>
internal sealed record RobotsRule(bool Allow, string Pattern, int Line)
{
    /// <summary>The most specific rule wins, and of equals the one that allows (section 2.2.2).</summary>
    public bool Outranks(RobotsRule? other) =>
        other is null || Pattern.Length > other.Pattern.Length || (Pattern.Length == other.Pattern.Length && Allow && !other.Allow);

    /// <summary>Each piece between stars is looked for once, from where the one before ended: no backtracking, so no pattern is slow.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        var anchored = Pattern.EndsWith('$');
        var pattern = Pattern.AsSpan(0, Pattern.Length - (anchored ? 1 : 0));
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return anchored ? path.SequenceEqual(pattern) : path.StartsWith(pattern);
        }

        if (!path.StartsWith(pattern[..star]))
        {
            return false;
        }

        path = path[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            var found = path.IndexOf(pattern[..star]);
            if (found < 0)
            {
                return false;
            }

            path = path[(found + star)..];
            pattern = pattern[(star + 1)..];
        }

        return anchored ? path.EndsWith(pattern) : path.IndexOf(pattern) >= 0;
    }

    public override string ToString() => $"{(Allow ? "Allow" : "Disallow")}: {Pattern}";
}
