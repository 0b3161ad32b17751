using Ingest.Delivery.JsonLines;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Delivery;

/// <summary>The clock stands at 12:00 on 1 November 2026 until a test sets it.</summary>
public sealed class JsonLinesRotationTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly JsonLinesFolder _folder = new();

    [Fact]
    public async Task A_file_that_is_large_enough_is_put_aside()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateBytes = 60 });
        foreach (var number in (int[])[1, 2, 3, 4, 5]) await DeliverAsync(sink, number);
        Assert.Equal(["articles-20261101T120000Z-0001.jsonl", "articles-20261101T120000Z-0002.jsonl"], _folder.Rotated);
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3, 4, 5), string.Concat(_folder.Rotated.Select(_folder.Read)) + _folder.Read());
    }

    [Fact]
    public async Task A_file_is_put_aside_when_its_hour_is_over_and_named_by_the_hour()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateEvery = Hour });
        await DeliverAtAsync(sink, "12:30", 1);
        await DeliverAtAsync(sink, "12:59", 2);
        Assert.Empty(_folder.Rotated);
        await DeliverAtAsync(sink, "15:00", 3);
        Assert.Equal(["articles-20261101T120000Z-0001.jsonl"], _folder.Rotated);
        Assert.Equal((JsonLinesFolder.Lines(1, 2), JsonLinesFolder.Lines(3)), (_folder.Read(_folder.Rotated[0]), _folder.Read()));
    }

    [Fact]
    public async Task A_file_of_an_earlier_day_is_put_aside_after_a_restart()
    {
        var options = new JsonLinesOptions { RotateEvery = TimeSpan.FromDays(1) };
        await using (var sink = _folder.Sink(options)) await DeliverAsync(sink, 1);
        File.SetLastWriteTimeUtc(_folder.Target, Messages.Now.AddDays(-3).UtcDateTime);
        await using (var sink = _folder.Sink(options)) await DeliverAsync(sink, 2);
        Assert.Equal(["articles-20261029T000000Z-0001.jsonl"], _folder.Rotated);
        Assert.Equal(JsonLinesFolder.Lines(2), _folder.Read());
    }

    [Fact]
    public async Task Size_and_time_together_number_the_files_of_an_hour()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateEvery = Hour, RotateBytes = 1 });
        await DeliverAtAsync(sink, "12:10", 1);
        await DeliverAtAsync(sink, "12:20", 2);
        await DeliverAtAsync(sink, "13:30", 3);
        await DeliverAtAsync(sink, "13:40", 4);
        Assert.Equal(["articles-20261101T120000Z-0001.jsonl", "articles-20261101T120000Z-0002.jsonl", "articles-20261101T130000Z-0001.jsonl"], _folder.Rotated);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_mix_the_order_up()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateBytes = 1 });
        await DeliverAtAsync(sink, "12:10", 1);
        await DeliverAtAsync(sink, "12:20", 2);
        await DeliverAtAsync(sink, "11:00", 3);
        Assert.Equal(["articles-20261101T122000Z-0001.jsonl", "articles-20261101T122000Z-0002.jsonl"], _folder.Rotated);
        Assert.Equal(JsonLinesFolder.Lines(1, 2), string.Concat(_folder.Rotated.Select(_folder.Read)));
    }

    [Theory]
    [InlineData("before the new file was begun", false)]
    [InlineData("right after", true)]
    public async Task A_batch_that_comes_again_after_a_crash_in_a_rotation_is_not_written_again(string reason, bool begun)
    {
        await using (var sink = _folder.Sink()) await DeliverAsync(sink, 1, 2, 3);
        File.Move(_folder.Target, _folder["articles-20261101T120000Z-0001.jsonl"]);
        if (begun) await File.WriteAllBytesAsync(_folder.Target, [], TestContext.Current.CancellationToken);
        await using (var sink = _folder.Sink()) await DeliverAsync(sink, 2, 3, 4);
        Assert.True(JsonLinesFolder.Lines(4) == _folder.Read(), reason);
    }

    [Fact]
    public async Task All_but_the_newest_are_compressed()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateBytes = 1, Compress = true });
        foreach (var number in (int[])[1, 2, 3, 4]) await DeliverAsync(sink, number);
        await sink.Keeping;
        Assert.Equal(
            ["articles-20261101T120000Z-0001.jsonl.gz", "articles-20261101T120000Z-0002.jsonl.gz", "articles-20261101T120000Z-0003.jsonl"], _folder.Rotated);
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3, 4), string.Concat(_folder.Rotated.Select(_folder.Read)) + _folder.Read());
    }

    [Theory]
    [InlineData("while it was compressed", "half of it", ".gz.part")]
    [InlineData("before the compressed one got its name", "whole", ".gz.part")]
    [InlineData("before the plain one was deleted", "whole", ".gz")]
    public async Task Compressing_that_a_crash_broke_off_is_ended_by_the_next_start(string reason, string left, string suffix)
    {
        var options = new JsonLinesOptions { RotateBytes = 1, Compress = true };
        await using (var sink = _folder.Sink(options))
        {
            foreach (var number in (int[])[1, 2, 3]) await DeliverAsync(sink, number);
            await sink.Keeping;
        }
        var compressed = _folder["articles-20261101T120000Z-0001.jsonl.gz"];
        var bytes = await File.ReadAllBytesAsync(compressed, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["articles-20261101T120000Z-0001.jsonl"], JsonLinesFolder.Lines(1), TestContext.Current.CancellationToken);
        File.Delete(compressed);
        await File.WriteAllBytesAsync(_folder[$"articles-20261101T120000Z-0001.jsonl{suffix}"], left == "whole" ? bytes : bytes[..^9], TestContext.Current.CancellationToken);
        await using (var sink = _folder.Sink(options))
        {
            await DeliverAsync(sink, 3);
            await sink.Keeping;
        }
        Assert.Equal(["articles-20261101T120000Z-0001.jsonl.gz", "articles-20261101T120000Z-0002.jsonl"], _folder.Rotated);
        Assert.True(JsonLinesFolder.Lines(1) == _folder.Read(_folder.Rotated[0]), reason);
    }

    [Fact]
    public async Task Only_so_many_are_kept()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateBytes = 1, Compress = true, KeepFiles = 2 });
        foreach (var number in Enumerable.Range(1, 6)) await DeliverAsync(sink, number);
        await sink.Keeping;
        Assert.Equal(["articles-20261101T120000Z-0004.jsonl.gz", "articles-20261101T120000Z-0005.jsonl"], _folder.Rotated);
    }

    [Fact]
    public async Task Files_of_others_are_left_alone()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateBytes = 1, KeepFiles = 1, Compress = true });
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Target)!);
        string[] others = ["articles-notes.jsonl", "articles-20261101T120000Z-0001.txt", "old-articles-20261101T120000Z-0001.jsonl"];
        foreach (var other in others) await File.WriteAllTextAsync(_folder[other], other, TestContext.Current.CancellationToken);
        foreach (var number in Enumerable.Range(1, 4)) await DeliverAsync(sink, number);
        await sink.Keeping;
        Assert.Equal([.. others.Append("articles-20261101T120000Z-0003.jsonl").Order(StringComparer.Ordinal)], _folder.Rotated);
    }

    [Fact]
    public async Task Compressing_that_fails_keeps_no_message_back()
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { RotateBytes = 1, Compress = true });
        Directory.CreateDirectory(_folder["articles-20261101T120000Z-0001.jsonl.gz.part"]);
        foreach (var number in (int[])[1, 2, 3, 4]) await DeliverAsync(sink, number);
        await sink.Keeping;
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3, 4), string.Concat(_folder.Rotated.Select(_folder.Read)) + _folder.Read());
    }

    public void Dispose() => _folder.Dispose();

    private async Task DeliverAtAsync(JsonLinesSink sink, string time, params int[] numbers)
    {
        _folder.Clock.Now = Messages.Now.AddHours(-12) + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        await DeliverAsync(sink, numbers);
    }

    private static async Task DeliverAsync(JsonLinesSink sink, params int[] numbers) =>
        Assert.Equal(numbers.Length, (await sink.DeliverAsync(JsonLinesFolder.Numbers(numbers), CancellationToken.None)).Settled);
}
