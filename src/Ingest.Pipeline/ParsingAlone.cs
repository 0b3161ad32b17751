namespace Ingest.Pipeline;

/// <summary>Runs parsers: freely as a rule, one at a time and with a mark in the database for suspects (see <see cref="Poison"/>).</summary>
public sealed class ParsingAlone : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="deaths">How often a worker died while it held the input.</param>
    /// <param name="mark">Notes in the database that the parsing begins (true) or has ended (false).</param>
    public async Task<T> RunAsync<T>(int deaths, Func<bool, Task> mark, Func<T> parse, CancellationToken stop)
    {
        if (deaths < Poison.Suspect) return parse();
        await _one.WaitAsync(stop);
        try
        {
            await mark(true);
            var result = parse();
            await mark(false);
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
