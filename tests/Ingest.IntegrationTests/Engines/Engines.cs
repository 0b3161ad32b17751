using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Options;
using Ingest.Storage;

namespace Ingest.IntegrationTests.Engines;

[Collection(Processes.Alone)]
public sealed class QuartzOnSqlite(ITestOutputHelper output) : EngineContract(output)
{
    protected override JobEngine Engine => JobEngine.Quartz;
    protected override StorageProvider Provider => StorageProvider.Sqlite;
}

[Collection(Processes.Alone)]
public sealed class QuartzOnPostgres(ITestOutputHelper output) : SharedEngineContract(output)
{
    protected override JobEngine Engine => JobEngine.Quartz;
}
