namespace Ingest.Core.Feeds.Rhythm;

/// <summary>What a look at a feed's document brought.</summary>
/// <param name="At">When.</param>
/// <param name="Since">The look before; null when there was none.</param>
/// <param name="Dates">For each entry that was not there before, when it says that it was published; null where it does not say.</param>
/// <param name="Shown">Entries of the document, old and new; null where only a part of it was seen.</param>
public sealed record Sighting(DateTimeOffset At, DateTimeOffset? Since, IReadOnlyList<DateTimeOffset?> Dates, int? Shown);

/// <summary>What limits the next poll.</summary>
/// <param name="Waiting">
/// The expected waiting time of all entries together for which a poll is due: with one entry an hour and 5 min, after 24 min; with one a week, after 5 h.
/// </param>
public sealed record PollBounds(TimeSpan Waiting, TimeSpan Shortest, TimeSpan Longest);
