using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ingest.Storage.Sqlite;

/// <summary>
/// A setting that SQLite keeps for each connection. With the write-ahead log, <c>synchronous=NORMAL</c> survives a killed process whole; only a
/// power cut can take the last transactions, and then the outbox and the articles go together.
/// </summary>
internal sealed class Pragmas : DbConnectionInterceptor
{
    private const string Statement = "PRAGMA synchronous=NORMAL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Statement;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Statement;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
