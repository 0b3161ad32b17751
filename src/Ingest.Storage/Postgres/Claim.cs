using System.Globalization;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>Leases what is due, in one statement. Any number of workers ask at once: each skips the rows that another has in hand.</summary>
internal static class Claim
{
    /// <summary>A lease that was never given back means that its holder died: see <see cref="Pipeline.Poison"/>.</summary>
    public const string Take = $"deaths = CASE {TakeCounting}";

    private const string TakeCounting = "WHEN lease_owner IS NULL THEN deaths WHEN in_hand OR deaths = 0 THEN deaths + 1 ELSE deaths END, in_hand = false, lease_owner = $2";

    /// <param name="table">The table.</param>
    /// <param name="due">Its column of due times.</param>
    /// <param name="returning">What it returns.</param>
    /// <param name="condition">What else is asked of a row, if anything.</param>
    /// <returns>A statement of now, owner, until, most, and what the condition asks for.</returns>
    public static string Statement(string table, string due, string returning, string condition = "") =>
        // Suspects last, the more suspected the later: whatever they do to the worker, the others are through by then. One comes on top of a full claim, or
        // they would wait for ever behind a backlog that never ends. The array is made once, and the
        // planner takes it for short: it looks the rows up by their ids. After a lost connection it may have been done: what this very lease holds already
        // comes again, or nobody would know of it until the lease is over.
        $"""
        WITH sound AS MATERIALIZED (
            SELECT id FROM {table} WHERE {due} <= $1 AND deaths = 0 {condition} ORDER BY {due} LIMIT $4 FOR UPDATE SKIP LOCKED),
        suspects AS MATERIALIZED (
            SELECT id FROM {table} WHERE {due} <= $1 AND deaths > 0 {condition} ORDER BY deaths, {due} LIMIT greatest(1, $4 - (SELECT count(*) FROM sound)) FOR UPDATE SKIP LOCKED),
        taken AS (
            UPDATE {table} SET {Take}, {due} = $3 WHERE id = ANY (ARRAY(SELECT id FROM sound UNION ALL SELECT id FROM suspects)) RETURNING {returning})
        SELECT {returning} FROM taken UNION ALL SELECT {returning} FROM {table} WHERE lease_owner = $2
        """;

    /// <summary>
    /// Leases one row that a person asks for, due or not. What had been given up, and so is never due, begins afresh: its attempts are counted anew, and a
    /// quarantined one is a suspect again.
    /// </summary>
    /// <returns>A statement of now, owner, until, id, and the job's target.</returns>
    public static string OneStatement(string table, string due, JobKind job, string condition = "") => $"""
        WITH taken AS (
            UPDATE {table} SET deaths = CASE WHEN {due} IS NULL THEN least(deaths, {Poison.Suspect.ToString(CultureInfo.InvariantCulture)}) {TakeCounting}, {due} = $3
            WHERE id = $4 {condition} AND (lease_owner IS NULL OR lease_owner = $2 OR {due} <= $1) RETURNING id),
        afresh AS (UPDATE failures SET attempts = 0 WHERE job = '{job}' AND target = $5 AND next_retry_at IS NULL AND EXISTS (SELECT FROM taken))
        SELECT id FROM taken
        """;

    public static NpgsqlBatchCommand One(string statement, Lease lease) => new NpgsqlBatchCommand(statement).With(lease.Now).With(lease.Owner).With(lease.Until);

    public static NpgsqlBatchCommand Of(string statement, int most, Lease lease) =>
        new NpgsqlBatchCommand(statement).With(lease.Now).With(lease.Owner).With(lease.Until).With((long)most);
}
