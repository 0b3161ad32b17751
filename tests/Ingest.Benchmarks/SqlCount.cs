using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ingest.Benchmarks;

/// <summary>Counts what EF Core sends to the database while it exists, by listening to its diagnostics.</summary>
internal sealed class SqlCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    /// <summary>EF Core looks once a second whether somebody listens to its commands (<c>ConfigureLoggingCacheTime</c>).</summary>
    private static readonly TimeSpan UntilHeard = TimeSpan.FromSeconds(1.5);

    private readonly List<IDisposable> _subscriptions = [];

    private SqlCount() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public static async Task<SqlCount> BeginAsync(TimeProvider clock, CancellationToken stop)
    {
        var count = new SqlCount();
        await Task.Delay(UntilHeard, clock, stop);
        return count;
    }

    public int Statements { get; private set; }

    /// <summary>Statements that are not a SELECT.</summary>
    public int Writes { get; private set; }
    public int Transactions { get; private set; }

    /// <summary>Connections opened, from the pool or anew: each sends its PRAGMAs besides.</summary>
    public int Openings { get; private set; }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuted.Name)
        {
            Statements++;
            if (!((CommandEventData)value.Value!).Command.CommandText.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)) Writes++;
        }
        else if (value.Key == RelationalEventId.TransactionCommitted.Name) Transactions++;
        else if (value.Key == RelationalEventId.ConnectionOpened.Name) Openings++;
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }
}
