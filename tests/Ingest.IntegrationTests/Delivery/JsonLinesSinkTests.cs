using System.Text;
using Ingest.Delivery.JsonLines;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Delivery;

public sealed class JsonLinesSinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => _folder["sub/articles.jsonl"];

    [Fact]
    public async Task Messages_become_lines_in_their_order()
    {
        await DeliverAsync(1, 2);
        await DeliverAsync(3);
        Assert.Equal(Lines(1, 2, 3), await ReadAsync());
    }

    [Fact]
    public async Task A_batch_that_comes_again_after_a_crash_is_not_written_again()
    {
        await DeliverAsync(1, 2, 3);
        await DeliverAsync(2, 3, 4);
        Assert.Equal(Lines(1, 2, 3, 4), await ReadAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(25)]
    public async Task A_line_that_was_cut_short_is_taken_off_and_written_whole(int left)
    {
        await DeliverAsync(1, 2);
        var whole = await ReadAsync();
        await File.WriteAllTextAsync(Target, whole[..(whole.IndexOf('\n', StringComparison.Ordinal) + 1 + left)], TestContext.Current.CancellationToken);
        await DeliverAsync(1, 2, 3);
        Assert.Equal(Lines(1, 2, 3), await ReadAsync());
    }

    [Fact]
    public async Task The_end_of_a_file_longer_than_a_chunk_is_found()
    {
        var padding = new string('x', 3000);
        using (var sink = new JsonLinesSink(Target)) await sink.DeliverAsync([.. Enumerable.Range(1, 2000).Select(n => Message(n, padding))], CancellationToken.None);
        using (var sink = new JsonLinesSink(Target)) await sink.DeliverAsync([.. Enumerable.Range(1990, 20).Select(n => Message(n, padding))], CancellationToken.None);
        Assert.Equal(2009, (await File.ReadAllLinesAsync(Target, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_left_alone()
    {
        Directory.CreateDirectory(_folder["sub"]);
        await File.WriteAllTextAsync(Target, "dear diary\n", TestContext.Current.CancellationToken);
        using var sink = new JsonLinesSink(Target);
        var outcome = await sink.DeliverAsync([Message(1)], CancellationToken.None);
        Assert.Contains("not ours", Assert.IsType<DeliveryOutcome.Unavailable>(outcome).Why, StringComparison.Ordinal);
        Assert.Equal("dear diary\n", await ReadAsync());
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_unavailable()
    {
        await File.WriteAllTextAsync(_folder["sub"], "a file where a folder should be", TestContext.Current.CancellationToken);
        using var sink = new JsonLinesSink(Target);
        Assert.IsType<DeliveryOutcome.Unavailable>(await sink.DeliverAsync([Message(1)], CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>With a sink of its own each time, as after a crash.</summary>
    private async Task DeliverAsync(params int[] numbers)
    {
        using var sink = new JsonLinesSink(Target);
        Assert.IsType<DeliveryOutcome.Accepted>(await sink.DeliverAsync([.. numbers.Select(number => Message(number))], CancellationToken.None));
    }

    private static OutboxMessage Message(int number, string padding = "") =>
        new(number, $"m{number}", "ingest.article.created", Encoding.UTF8.GetBytes($$"""{"id":"m{{number}}","data":"grüße{{padding}} {{number}}"}"""));

    private static string Lines(params int[] numbers) => string.Concat(numbers.Select(number => $"{Encoding.UTF8.GetString(Message(number).Payload.Span)}\n"));

    private Task<string> ReadAsync() => File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken);
}
