using Ingest.Storage.Postgres.Queue;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Storage.Postgres.Migrations;

/// <summary>The queue's tables and functions. They are not part of the model: nobody but SQL sees them.</summary>
[DbContext(typeof(PostgresIngestDbContext))]
[Migration("20261122020000_Queue")]
internal sealed class Queue : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var script in QueueScripts.InOrder) migrationBuilder.Sql(QueueScripts.Read(script));
    }
}
