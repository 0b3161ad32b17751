#!/usr/bin/env -S dotnet run
#:package Npgsql@10.0.0
#:property PublishAot=false

// Takes articles off the queue into a table of its own, each exactly once.
//
//     DATABASE="Host=localhost;Database=ingest;Username=reports;Password=secret" dotnet run consumer.cs [GROUP]
//
// Run as many as you like: those of one group share its messages, every group gets all of them.
// README.md beside this file explains the contract.
using System.Data;
using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;

const int Batch = 20;
var group = args.FirstOrDefault() ?? "reports";
var database = Environment.GetEnvironmentVariable("DATABASE") ?? throw new InvalidOperationException("DATABASE names no database");
// Longer than a batch takes; what a dead consumer had in hand waits so long for another.
var lease = TimeSpan.Parse(Environment.GetEnvironmentVariable("LEASE") ?? "00:01:00");

using var stopping = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
while (!stopping.IsCancellationRequested)
{
    try
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(stopping.Token);
        await Command(connection, "LISTEN ingest_queue").ExecuteNonQueryAsync();
        while (!stopping.IsCancellationRequested)
        {
            // Until there is news, but a second at most: what was put off comes due without any.
            if (await TakeBatchAsync(connection) == 0) await connection.WaitAsync(TimeSpan.FromSeconds(1), stopping.Token);
        }
    }
    catch (OperationCanceledException)
    {
        // Asked to stop, with nothing in hand.
    }
    catch (NpgsqlException error)
    {
        Console.Error.WriteLine($"trying again: {error.Message}");
        await Task.Delay(TimeSpan.FromSeconds(1));
    }
}

async Task<int> TakeBatchAsync(NpgsqlConnection connection)
{
    var messages = new List<(string Receipt, string Id, string Payload)>();
    await using (var claimed = await Command(connection, "SELECT receipt, message_id, payload FROM ingest_claim($1, $2, $3)", group, Batch, lease).ExecuteReaderAsync())
    {
        while (await claimed.ReadAsync()) messages.Add((claimed.GetString(0), claimed.GetString(1), claimed.GetString(2)));
    }
    foreach (var (receipt, id, payload) in messages)
    {
        try
        {
            using var message = JsonDocument.Parse(payload);
            await ProcessAsync(connection, receipt, id, message.RootElement.GetProperty("data"));
        }
        catch (Exception error) when (connection.State == ConnectionState.Open)
        {
            await Command(connection, "SELECT ingest_nack($1, $2, '1 minute', $3)", group, new[] { receipt }, error.Message).ExecuteNonQueryAsync();
        }
    }
    return messages.Count;
}

// The acknowledgement and the effect are one transaction: both happen, or neither.
async Task ProcessAsync(NpgsqlConnection connection, string receipt, string id, JsonElement article)
{
    await using var transaction = await connection.BeginTransactionAsync();
    // No row: the lease ran out, and another consumer has it.
    if (await Command(connection, "SELECT ingest_ack($1, $2)", group, new[] { receipt }).ExecuteScalarAsync() is null) return;
    await Command(connection, "INSERT INTO read_articles (message_id, url, title) VALUES ($1, $2, $3)", id, Text("url"), Text("title")).ExecuteNonQueryAsync();
    await transaction.CommitAsync();

    object Text(string name) => article.TryGetProperty(name, out var value) && value.GetString() is { } text ? text : DBNull.Value;
}

static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
{
    var command = new NpgsqlCommand(sql, connection);
    foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
    return command;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
