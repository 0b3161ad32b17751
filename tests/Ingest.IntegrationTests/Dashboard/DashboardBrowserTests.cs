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
        $"/articles/{FakeNews.RightToLeftArticle}", $"/articles/{FakeNews.PendingArticle}", "/failures", "/deliveries", "/nowhere",
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
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run all shown" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 re-run");
        Assert.Equal([new FailureFilter { Id = 2 }, new FailureFilter { Kind = FailureKind.Permanent }], host.News.Rerun);
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
