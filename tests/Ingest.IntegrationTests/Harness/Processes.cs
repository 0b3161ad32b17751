namespace Ingest.IntegrationTests.Harness;

/// <summary>
/// Tests whose claim is a time (a stop, a take-over, a pause between requests), or whose many workers fill a small machine by themselves, run after the others and one at a time.
/// Those that only wait for what a program does run beside others.
/// </summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Processes
{
    public const string Alone = "processes";
}
