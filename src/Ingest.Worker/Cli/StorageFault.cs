using Microsoft.Data.Sqlite;
using Npgsql;

namespace Ingest.Worker.Cli;

/// <summary>What a database's error means to the person at the keyboard.</summary>
internal static class StorageFault
{
    /// <summary>One line that says what is wrong and what to do; null when the error is not the database's.</summary>
    public static string? Explain(Exception? error) => error switch
    {
        null => null,
        SqliteException sqlite => Explain(sqlite),
        PostgresException postgres => Explain(postgres),
        // The server's address stands in the message, the password never.
        NpgsqlException npgsql => $"PostgreSQL cannot be reached: {npgsql.Message}{Cause(npgsql)}; check that it runs, and Storage:ConnectionString",
        _ => Explain(error.InnerException),
    };

    private static string Explain(SqliteException error) => error.SqliteErrorCode switch
    {
        5 or 6 => "the database is locked by another process; try again, or end that process",
        8 => "the database is read-only; check the permissions of the data folder, or choose another with --data",
        14 => "the database cannot be opened; check that the data folder exists and may be written to, or choose another with --data",
        11 or 26 => $"the database file is damaged or not ours ({error.Message}); restore it from a backup, or choose another folder with --data",
        13 => "the disk is full; free room, nothing is lost",
        _ when error.Message.Contains("no such table", StringComparison.Ordinal) => NotSetUp,
        _ => $"the database answers: {error.Message}",
    };

    private static string Explain(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => $"PostgreSQL: {error.MessageText}; create it (createdb), or change Storage:ConnectionString",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL refuses: {error.MessageText}; check user and password in Storage:ConnectionString",
        PostgresErrorCodes.InsufficientPrivilege => $"PostgreSQL refuses: {error.MessageText}; the user needs to own the database's tables, or CREATE on its schema",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => NotSetUp,
        PostgresErrorCodes.DiskFull => "PostgreSQL's disk is full; free room, nothing is lost",
        PostgresErrorCodes.TooManyConnections => "PostgreSQL has no connection left; raise its max_connections, or lower Maximum Pool Size in Storage:ConnectionString",
        _ => $"PostgreSQL answers: {error.MessageText} ({error.SqlState})",
    };

    private const string NotSetUp = "the database is not set up; run: ingest db migrate";

    private static string Cause(NpgsqlException error) => error.InnerException is { } inner ? $" ({inner.Message})" : "";
}
