using Microsoft.Playwright;

namespace Ingest.IntegrationTests;

/// <summary>
/// The browser of the machine, shared by a class's tests (<c>IClassFixture&lt;Browser&gt;</c>). Playwright only drives it and downloads
/// none. Where there is no browser, the tests are skipped; on a build server (CI=true) they fail.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";

    // Nothing but the page under test may reach for the network, and the sandbox needs rights that a container lacks.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Playwright's own five seconds are a busy machine's pause.</summary>
    private const int PatienceMs = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>A blank page in a session of its own.</summary>
    public async Task<IPage> OpenAsync(string baseUrl, int width = 1280, ColorScheme colors = ColorScheme.Light, bool javaScript = true)
    {
        if (_browser is null) Missing();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = baseUrl,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = colors,
            JavaScriptEnabled = javaScript,
        });
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    private static void Missing()
    {
        const string What = $"{Chromium} is missing: install Debian's package chromium";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(What);
        Assert.Skip(What);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
