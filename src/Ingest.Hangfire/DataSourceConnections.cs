using System.Data.Common;
using Hangfire.PostgreSql;
using Npgsql;

namespace Ingest.Hangfire;

/// <summary>Hangfire's connections come from the worker's own pool.</summary>
internal sealed class DataSourceConnections(DbDataSource source) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => (NpgsqlConnection)source.CreateConnection();
}
