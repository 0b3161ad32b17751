namespace Ingest.Pipeline;

/// <summary>
/// Recognises input that kills the process (a stack overflow cannot be caught). A lease that was never given back means that its
/// holder died: the row is a suspect (1 death). Suspects are parsed last and one at a time, with a mark in the database around the parsing, so
/// that further deaths with the mark speak against that input alone, and a worker that is merely killed or redeployed quarantines nothing.
/// </summary>
public static class Poison
{
    /// <summary>Deaths from which a row is parsed alone and marked.</summary>
    public const int Suspect = 1;

    /// <summary>
    /// Deaths from which a row is quarantined: one with the lease, three with the mark. Fewer would do for one crash after another; but a worker that
    /// is killed at random twenty times in a row hits the same short parsing twice now and then (measured by the kill test: 1 run of 5).
    /// </summary>
    public const int Quarantine = 4;
}
