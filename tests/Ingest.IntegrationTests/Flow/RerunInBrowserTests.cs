using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ingest.IntegrationTests.Flow;

/// <summary>The whole thing as a person drives it: a real worker, a real browser, a click.</summary>
public sealed class RerunInBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_click_on_re_run_delivers_the_article_of_a_healed_page()
    {
        await using var workshop = await Workshop.OpenAsync();
        var newsroom = workshop.Newsroom;
        var feed = newsroom.World.Feeds.First(feed => !feed.FullText);
        var broken = feed.Articles[0];
        newsroom.Misbehave(broken.Path, new Misbehaviour.Status(404));
        await workshop.SubscribeAsync(feed);
        (string, string)[] settings = [.. workshop.Settings(("Schedule:Tick", "00:00:00.2")).Select(pair => (pair.Key, pair.Value!))];
        await using var worker = WorkerProcess.Start(["run", "--url", "http://127.0.0.1:0"], settings);
        var file = Path.Combine(workshop.DataDir, DeliveredFile.Name);
        await Wait.UntilAsync(() => DeliveredFile.Read(file).Count == feed.Articles.Count - 1, "the other articles");

        var page = await browser.OpenAsync(worker.Url);
        await page.GotoAsync("/failures");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("HTTP 404");
        newsroom.Heal(broken.Path);
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run failure 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 re-run");

        await Wait.UntilAsync(() => DeliveredFile.Read(file).Any(message => DeliveredFile.PathOf(message) == broken.Path), "the healed article");
        await page.GotoAsync("/articles");
        await page.GetByRole(AriaRole.Link, new() { Name = broken.Title }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(broken.Text[0]);
    }
}
