namespace Ingest.Benchmarks.Schedule;

/// <summary>One thing that appears in a feed.</summary>
/// <param name="Appears">When the document has it, in minutes of the simulation.</param>
/// <param name="Date">When it says that it was published; NaN where it does not say.</param>
internal readonly record struct Item(double Appears, double Date);

/// <summary>A feed as its publisher makes it, from some months before the simulation to its end.</summary>
/// <param name="Kind">The name of its class.</param>
/// <param name="Items">In order of their appearance.</param>
/// <param name="Window">How many a document shows.</param>
/// <param name="AdvisedMinutes">The publisher's hint (ttl, sy, max-age); null for none.</param>
/// <param name="Joined">When it is subscribed.</param>
internal sealed record Publisher(string Kind, IReadOnlyList<Item> Items, int Window, double? AdvisedMinutes, double Joined);
