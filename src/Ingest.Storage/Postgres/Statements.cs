using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>Statements with their values in the order of $1, $2 …, which saves the driver from rewriting names.</summary>
internal static class Statements
{
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand statement, T value)
    {
        statement.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return statement;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand statement, string? text) => statement.With<string?>(StorableText.Of(text));

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand statement, DateTimeOffset at) => statement.With<DateTimeOffset>(at.ToUniversalTime());

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand statement, DateTimeOffset? at) => statement.With<DateTimeOffset?>(at?.ToUniversalTime());

    /// <summary>UTF-8 as it is, into a column of text.</summary>
    public static NpgsqlBatchCommand WithText(this NpgsqlBatchCommand statement, ReadOnlyMemory<byte> utf8)
    {
        statement.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = utf8, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        return statement;
    }

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Instant(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
