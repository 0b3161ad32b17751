using System.Text;
using Ingest.Delivery.JsonLines;
using Ingest.IntegrationTests.Harness;

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

    [Fact]
    public async Task A_message_that_is_sent_again_by_hand_is_written_again()
    {
        using var sink = new JsonLinesSink("jsonl", Target);
        await sink.DeliverAsync([Messages.Number(1)], CancellationToken.None);
        await sink.DeliverAsync([Messages.Number(1) with { IsReplay = true }], CancellationToken.None);
        Assert.Equal(Lines(1, 1), await ReadAsync());
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
        using (var sink = new JsonLinesSink("jsonl", Target)) await sink.DeliverAsync([.. Enumerable.Range(1, 2000).Select(n => Messages.Number(n, padding))], CancellationToken.None);
        using (var sink = new JsonLinesSink("jsonl", Target)) await sink.DeliverAsync([.. Enumerable.Range(1990, 20).Select(n => Messages.Number(n, padding))], CancellationToken.None);
        Assert.Equal(2009, (await File.ReadAllLinesAsync(Target, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_left_alone()
    {
        Directory.CreateDirectory(_folder["sub"]);
        await File.WriteAllTextAsync(Target, "dear diary\n", TestContext.Current.CancellationToken);
        using var sink = new JsonLinesSink("jsonl", Target);
        var outcome = await sink.DeliverAsync([Messages.Number(1)], CancellationToken.None);
        Assert.Contains("not ours", outcome.Fault!.Why, StringComparison.Ordinal);
        Assert.Equal("dear diary\n", await ReadAsync());
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_unavailable()
    {
        await File.WriteAllTextAsync(_folder["sub"], "a file where a folder should be", TestContext.Current.CancellationToken);
        using var sink = new JsonLinesSink("jsonl", Target);
        Assert.NotNull((await sink.DeliverAsync([Messages.Number(1)], CancellationToken.None)).Fault);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>With a sink of its own each time, as after a crash.</summary>
    private async Task DeliverAsync(params int[] numbers)
    {
        using var sink = new JsonLinesSink("jsonl", Target);
        Assert.Equal(numbers.Length, (await sink.DeliverAsync([.. numbers.Select(number => Messages.Number(number))], CancellationToken.None)).Settled);
    }

    private static string Lines(params int[] numbers) => string.Concat(numbers.Select(number => $"{Encoding.UTF8.GetString(Messages.Number(number).Payload.Span)}\n"));

    private Task<string> ReadAsync() => File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken);
}
