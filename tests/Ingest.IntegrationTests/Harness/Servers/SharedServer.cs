using Ingest.Torture.Servers;

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>A server for the whole run: named by an environment variable, or started when the first test asks.</summary>
internal sealed class SharedServer(string variable, string name, string package, bool installed, Func<Task<ServerProcess>> create) : IAsyncDisposable
{
    private readonly Lazy<Task<ServerProcess>> _own = new(create);

    public async Task<string> ConnectionAsync()
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given) return given;
        MustBeInstalled();
        return (await _own.Value).Connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_own.IsValueCreated && !_own.Value.IsFaulted) await (await _own.Value).DisposeAsync();
    }

    /// <summary>For tests with a server of their own: without its program the test is skipped, or fails on a build server.</summary>
    public void MustBeInstalled()
    {
        if (installed) return;
        var what = $"{name} is missing: install Debian's package {package}, or name a server in {variable}";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(what);
        Assert.Skip(what);
    }
}
