namespace Ingest.Storage.Postgres;

/// <summary>What EF Core's migrations have no words for. Written into the first migration; never changed afterwards.</summary>
internal static class PostgresTables
{
    /// <summary>
    /// Long texts are compressed with LZ4, at a small share of the CPU time of PostgreSQL's own method, where the server was built with it; raw pages, compressed
    /// already, not at all. The counts of rows that are worth a vacuum are shares of the table by default: at ten million articles they would be two million.
    /// </summary>
    public const string Tune = """
        DO $$
        BEGIN
            ALTER TABLE articles ALTER COLUMN entry SET COMPRESSION lz4, ALTER COLUMN data SET COMPRESSION lz4;
            ALTER TABLE outbox ALTER COLUMN payload SET COMPRESSION lz4;
        EXCEPTION WHEN feature_not_supported THEN
            NULL;
        END $$;
        ALTER TABLE raw_pages ALTER COLUMN body SET STORAGE EXTERNAL;
        ALTER TABLE articles SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
        """;
}
