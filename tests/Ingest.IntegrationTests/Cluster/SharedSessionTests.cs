using System.Net;
using Ingest.IntegrationTests.Dashboard;
using Ingest.Worker.Access;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>Two real workers behind one address: whoever signed in at one is known to the other, from the first moment on.</summary>
public sealed class SharedSessionTests
{
    [Fact]
    public async Task A_session_and_a_form_of_one_worker_are_good_at_the_other_until_the_password_changes()
    {
        await using var database = await SharedDatabase.CreateEmptyAsync();
        // At once, on an empty database: each finds no key.
        await using var one = database.Start("127.0.0.1:9", ("Dashboard:Password", "hunter2"));
        await using var two = database.Start("127.0.0.1:9", ("Dashboard:Password", "hunter2"));
        await one.StartedAsync();
        await two.StartedAsync();
        foreach (var (here, there) in new[] { (one, two), (two, one) })
        {
            using var browser = new Visitor(here.Url);
            using (await browser.SignInAsync("hunter2")) { }
            var token = await browser.TokenAsync("/");
            using var elsewhere = new Visitor(there.Url);
            foreach (var (name, value) in browser.Cookies) elsewhere.Cookies[name] = value;
            Assert.Equal(HttpStatusCode.OK, await elsewhere.StatusAsync("/"));
            using var sent = await elsewhere.PostAsync("/sign-out", ("__RequestVerificationToken", token));
            Assert.Equal(Session.SignInPath, sent.Headers.Location?.OriginalString);
        }

        await using var three = database.Start("127.0.0.1:9", ("Dashboard:Password", "another"));
        await three.StartedAsync();
        using var before = new Visitor(one.Url);
        using (await before.SignInAsync("hunter2")) { }
        using var after = new Visitor(three.Url);
        foreach (var (name, value) in before.Cookies) after.Cookies[name] = value;
        Assert.Equal(HttpStatusCode.Redirect, await after.StatusAsync("/"));
        Assert.Equal(HttpStatusCode.OK, await after.StatusAsync("/health"));
        Assert.Equal(HttpStatusCode.OK, await after.StatusAsync("/health/live"));
    }
}
