using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Storage;

/// <summary>Feeds by the hundred.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task Subscriptions_are_added_once_and_come_back_as_they_were_given()
    {
        var store = Tools.Get<ISubscriptionStore>();
        List<Subscription> given =
        [
            new(new Uri("https://a.example/feed"), "A\0") { SiteUrl = "https://a.example/", Tags = ["News > Europe", "Daily"], Attributes = new Dictionary<string, string> { ["{urn:z}star"] = "1", ["category"] = "/x" } },
            new(new Uri("https://b.example/feed"), null),
            new(new Uri("https://a.example/feed"), "A again"),
            .. Enumerable.Range(0, 600).Select(number => new Subscription(new Uri($"https://many.example/{number}"), $"Number {number}")),
        ];
        var added = await store.AddAsync(given, Now, CancellationToken.None);
        Assert.Equal([true, true, false], added.Take(3));
        Assert.All(added.Skip(3), Assert.True);
        Assert.DoesNotContain(true, await store.AddAsync(given, Now, CancellationToken.None));

        var listed = await store.ListAsync(CancellationToken.None);
        Assert.Equal(602, listed.Count);
        Assert.Equal(("https://a.example/feed", "A", "https://a.example/"), (listed[0].Url.AbsoluteUri, listed[0].Title, listed[0].SiteUrl));
        Assert.Equal(["News > Europe", "Daily"], listed[0].Tags);
        Assert.Equivalent(given[0].Attributes, listed[0].Attributes, strict: true);
        Assert.Null(listed[1].Title);
        Assert.Equal(["News > Europe", "Daily"], (await Catalog.ListFeedsAsync(1, CancellationToken.None))[0].Tags);
        Assert.Equal(602, (await Feeds.ClaimDueAsync(1000, Lease("w"), CancellationToken.None)).Count);
    }
}
