using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ingest.IntegrationTests.Dashboard;

public sealed class DashboardBrowserTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Paths =
    [
        "/", "/feeds", "/feeds/3", "/articles", $"/articles/{FakeNews.Id(4)}", $"/articles/{FakeNews.HostileArticle}",
        $"/articles/{FakeNews.RightToLeftArticle}", $"/articles/{FakeNews.PendingArticle}", "/failures", "/failures/1", "/failures/2", "/failures/confirm?verb=rerun&host=many.example",
        "/failures/actions/1", "/audit", "/deliveries", "/nowhere",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Re_run_is_clicked_and_confirmed()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        var page = await browser.OpenAsync(host.Address);
        await page.GotoAsync("/failures?kind=Permanent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run failure 2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 re-run");
        await page.GetByRole(AriaRole.Link, new() { Name = "Re-run all shown" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("1 re-run");
        Assert.Equal(["id=2", "kind=permanent until=2026-11-21T12:00:00Z"], host.News.Rerun);
    }

    [Fact]
    public async Task Two_are_selected_and_re_run_and_one_is_discarded_without_any_script()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        var page = await browser.OpenAsync(host.Address, javaScript: false);
        await page.GotoAsync("/failures");
        await page.GetByLabel("Select failure 1", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Select failure 3", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run selected" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run 2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("2 re-run");

        await page.GotoAsync("/failures/2");
        await page.GetByRole(AriaRole.Link, new() { Name = "Discard" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("1 discarded");
        Assert.Equal(["id=1,3"], host.News.Rerun);
        Assert.Equal(["id=2"], host.News.Discarded);

        await page.GotoAsync("/failures");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard selected" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No failure was chosen");
    }

    [Fact]
    public async Task What_strangers_wrote_runs_on_no_page()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        await host.News.DiscardAsync(new FailureFilter { Text = FakeNews.Hostile }, new ByHand(FakeNews.Hostile, AuditSource.Api, FakeNews.Hostile), FakeNews.Now, Stop);
        var page = await browser.OpenAsync(host.Address);
        var ran = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            ran.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) ran.Add(message.Text);
        };
        foreach (var path in Paths.Append($"/failures?error={Uri.EscapeDataString(FakeNews.Hostile)}&done=1"))
        {
            var answer = await page.GotoAsync(path);
            Assert.Contains("script-src 'self'", answer!.Headers["content-security-policy"], StringComparison.Ordinal);
            var strange = await page.EvaluateAsync<int>("document.querySelectorAll('script:not([src^=\"/assets/\"]), img, iframe, [onerror], a[href^=\"javascript:\" i]').length");
            Assert.True(strange == 0, path);
        }
        Assert.Empty(ran);
    }

    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task No_page_scrolls_sideways_or_is_refused_anything(int width, ColorScheme colors)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        var page = await browser.OpenAsync(host.Address, width, colors);
        var refused = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal)) refused.Add(message.Text);
        };
        foreach (var path in Paths)
        {
            await page.GotoAsync(path);
            var fits = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");
            Assert.True(fits, $"{path} is wider than {width}");
        }
        Assert.Empty(refused);
    }

    [Theory]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Somebody_signs_in_and_out(int width, ColorScheme colors)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop, new DashboardOptions { Password = "hunter2" });
        var page = await browser.OpenAsync(host.Address, width, colors);
        await page.GotoAsync("/failures");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await page.GetByLabel("Password").FillAsync("hunter2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{host.Address}/failures");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Overview_brings_itself_up_to_date_and_keeps_the_focus()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        var page = await browser.OpenAsync(host.Address);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");
        var link = page.Locator("#latest-failures").GetByRole(AriaRole.Link, new() { Name = "slow.example" });
        await link.FocusAsync();
        host.News.Add(new FailureItem(900, Job.RefreshFeed(1), 1, null, null, "late.example", FailureKind.Transient, "Came late", 1, FakeNews.Now, FakeNews.Now, null));
        await page.Clock.RunForAsync(6000);
        await Expect(page.GetByText("Came late")).ToBeVisibleAsync();
        await Expect(link).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Overview_reloads_itself_where_scripts_are_off()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        var page = await browser.OpenAsync(host.Address, javaScript: false);
        await page.GotoAsync("/");
        await Expect(page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(1);
    }
}
