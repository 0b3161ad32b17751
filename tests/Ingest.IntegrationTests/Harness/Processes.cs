namespace Ingest.IntegrationTests.Harness;

/// <summary>Tests that start the program as a process run after the others and one at a time: each fills a small machine by itself.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Processes
{
    public const string Alone = "processes";
}
