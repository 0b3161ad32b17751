namespace Ingest.IntegrationTests.Harness;

/// <summary>Waits for a condition of another process; no test sleeps for a fixed time.</summary>
internal static class Wait
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Only a test that fails waits so long, and a slow machine is none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        while (!await holds())
        {
            if (deadline.IsCancellationRequested) Assert.Fail($"waited in vain: {what}");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task UntilAsync(Func<bool> holds, string what, TimeSpan? patience = null) => UntilAsync(() => Task.FromResult(holds()), what, patience);
}
