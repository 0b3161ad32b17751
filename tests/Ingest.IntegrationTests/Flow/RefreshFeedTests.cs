using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Ingest.Pipeline.Ports;
using Microsoft.Data.Sqlite;

namespace Ingest.IntegrationTests.Flow;

/// <summary>One feed's polls, in this process, over real HTTP and a real database.</summary>
public sealed class RefreshFeedTests
{
    [Fact]
    public async Task An_unchanged_feed_costs_one_conditional_get_and_no_write_beyond_its_own_row()
    {
        await using var workshop = await Workshop.OpenAsync();
        var source = workshop.Newsroom.World.Feeds.First(feed => feed.Validators.HasFlag(Validators.ETag));
        var feed = await workshop.SubscribeAsync(source);
        await workshop.PollAsync(feed.Id);
        Assert.NotEmpty(await workshop.ArticlesAsync());
        var before = Dump(workshop, feed.Id);
        workshop.Newsroom.ClearRequests();

        await workshop.PollAsync(feed.Id);

        var request = Assert.Single(workshop.Newsroom.Requests);
        Assert.Equal((source.Path, 304), (request.Path, request.Status));
        Assert.NotNull(request.IfNoneMatch);
        Assert.Equal(before, Dump(workshop, feed.Id));
    }

    [Fact]
    public async Task A_feed_that_keeps_its_etag_after_changing_is_read_whole_when_the_validators_are_old()
    {
        await using var workshop = await Workshop.OpenAsync(null, ("Schedule:TrustValidatorsFor", "00:01:00"));
        var source = workshop.Newsroom.World.Feeds[0];
        workshop.Newsroom.Misbehave(source.Path, new Misbehaviour.FrozenETag(TrustsItself: true));
        var feed = await workshop.SubscribeAsync(source);
        await workshop.PollAsync(feed.Id);
        var first = (await workshop.ArticlesAsync()).Count;
        workshop.Newsroom.Publish(workshop.Newsroom.World.Sites.Count);

        await workshop.PollAsync(feed.Id);
        Assert.Equal(first, (await workshop.ArticlesAsync()).Count);

        Execute(workshop, "UPDATE feeds SET last_full_fetch_at = last_full_fetch_at - 120000");
        await workshop.PollAsync(feed.Id);
        Assert.Equal(first + 1, (await workshop.ArticlesAsync()).Count);
    }

    [Fact]
    public async Task Two_feeds_of_one_site_bring_each_article_once()
    {
        await using var workshop = await Workshop.OpenAsync();
        var pair = workshop.Newsroom.World.Feeds.GroupBy(feed => feed.Site.Slug).First(site => site.Count() > 1).ToList();
        foreach (var source in pair) await workshop.PollAsync((await workshop.SubscribeAsync(source)).Id);
        Assert.Equal(pair.SelectMany(feed => feed.Articles).Select(article => article.Path).Distinct().Count(), (await workshop.ArticlesAsync()).Count);
    }

    [Theory]
    [InlineData("404: a person must look", 404, FailureKind.Permanent)]
    [InlineData("500: time may heal it", 500, FailureKind.Transient)]
    [InlineData("503: time may heal it", 503, FailureKind.Transient)]
    public async Task A_failing_feed_is_listed_and_polled_again_later(string reason, int status, FailureKind kind)
    {
        await using var workshop = await Workshop.OpenAsync();
        var source = workshop.Newsroom.World.Feeds[0];
        workshop.Newsroom.Misbehave(source.Path, new Misbehaviour.Status(status));
        var feed = await workshop.SubscribeAsync(source);
        await workshop.PollAsync(feed.Id);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.True(failure.Kind == kind, reason);
        Assert.NotNull(failure.NextRetryAt);

        workshop.Newsroom.HealAll();
        await workshop.PollAsync(feed.Id);
        Assert.Empty(await workshop.FailuresAsync());
        Assert.NotEmpty(await workshop.ArticlesAsync());
    }

    [Fact]
    public async Task A_rate_limited_host_is_left_alone_for_as_long_as_it_asks()
    {
        await using var workshop = await Workshop.OpenAsync();
        var source = workshop.Newsroom.World.Feeds[0];
        workshop.Newsroom.Misbehave(source.Path, Misbehaviour.RetryAfter.Seconds(90));
        var feed = await workshop.SubscribeAsync(source);
        await workshop.PollAsync(feed.Id);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.True(failure.NextRetryAt >= failure.LastAt.AddSeconds(89), "Retry-After is a lower bound");

        workshop.Newsroom.ClearRequests();
        await workshop.PollAsync((await workshop.SubscribeAsync(workshop.Newsroom.World.Feeds[1])).Id);
        Assert.Empty(workshop.Newsroom.Requests);
    }

    [Fact]
    public async Task Something_that_is_not_a_feed_is_a_permanent_failure()
    {
        await using var workshop = await Workshop.OpenAsync();
        var source = workshop.Newsroom.World.Feeds[0];
        workshop.Newsroom.Misbehave(source.Path, new Misbehaviour.Garbage());
        await workshop.PollAsync((await workshop.SubscribeAsync(source)).Id);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.Equal(FailureKind.Permanent, failure.Kind);
        Assert.StartsWith("not a feed", failure.Error, StringComparison.Ordinal);
    }

    /// <summary>Everything in the database but the feed's own row, as text.</summary>
    private static string Dump(Workshop workshop, long feedId)
    {
        using var connection = Open(workshop, "ReadOnly");
        string[] tables = ["articles", "raw_pages", "outbox", "deliveries", "failures"];
        var queries = tables.Select(table => $"SELECT * FROM {table}").Append($"SELECT * FROM feeds WHERE id <> {feedId}");
        return string.Join("\n", queries.SelectMany(query => Rows(connection, query)));
    }

    private static List<string> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are built from the constants above.
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        return rows;
    }

    private static void Execute(Workshop workshop, string statement)
    {
        using var connection = Open(workshop, "ReadWrite");
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of a test.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(Workshop workshop, string mode)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(workshop.DataDir, "ingest.db")};Mode={mode}");
        connection.Open();
        return connection;
    }
}
