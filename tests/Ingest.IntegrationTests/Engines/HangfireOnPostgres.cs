#if HANGFIRE
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Options;

namespace Ingest.IntegrationTests.Engines;

[Collection(Processes.Alone)]
public sealed class HangfireOnPostgres(ITestOutputHelper output) : SharedEngineContract(output)
{
    protected override JobEngine Engine => JobEngine.Hangfire;
}
#endif
