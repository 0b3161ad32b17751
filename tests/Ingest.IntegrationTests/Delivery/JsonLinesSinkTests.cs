using Ingest.Delivery.JsonLines;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Delivery;

public sealed class JsonLinesSinkTests : IDisposable
{
    private readonly JsonLinesFolder _folder = new();

    [Fact]
    public async Task Messages_become_lines_in_their_order()
    {
        await DeliverAsync(1, 2);
        await DeliverAsync(3);
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3), _folder.Read());
    }

    [Fact]
    public async Task A_batch_that_comes_again_after_a_crash_is_not_written_again()
    {
        await DeliverAsync(1, 2, 3);
        await DeliverAsync(2, 3, 4);
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3, 4), _folder.Read());
    }

    [Fact]
    public async Task Two_workers_that_take_over_from_each_other_overwrite_nothing()
    {
        await using var first = _folder.Sink();
        await using var second = _folder.Sink();
        await first.DeliverAsync(JsonLinesFolder.Numbers([1, 2]), CancellationToken.None);
        await second.DeliverAsync(JsonLinesFolder.Numbers([2, 3]), CancellationToken.None);
        await first.DeliverAsync(JsonLinesFolder.Numbers([3, 4]), CancellationToken.None);
        await second.DeliverAsync(JsonLinesFolder.Numbers([5]), CancellationToken.None);
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3, 4, 5), _folder.Read());
    }

    [Fact]
    public async Task While_another_worker_is_at_it_the_file_is_left_alone()
    {
        await DeliverAsync(1);
        await using var sink = _folder.Sink();
        using (new FileStream($"{_folder.Target}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.NotNull((await sink.DeliverAsync(JsonLinesFolder.Numbers([2]), CancellationToken.None)).Fault);
        Assert.Equal(JsonLinesFolder.Lines(1), _folder.Read());
        await DeliverAsync(2);
        Assert.Equal(JsonLinesFolder.Lines(1, 2), _folder.Read());
    }

    [Theory]
    [InlineData(SyncPolicy.EveryBatch)]
    [InlineData(SyncPolicy.Never)]
    public async Task A_message_that_is_sent_again_by_hand_is_written_again(SyncPolicy sync)
    {
        await using var sink = _folder.Sink(new JsonLinesOptions { Sync = sync });
        await sink.DeliverAsync([Messages.Number(1)], CancellationToken.None);
        await sink.DeliverAsync([Messages.Number(1) with { IsReplay = true }], CancellationToken.None);
        Assert.Equal(JsonLinesFolder.Lines(1, 1), _folder.Read());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(25)]
    public async Task A_line_that_was_cut_short_is_taken_off_and_written_whole(int left)
    {
        await DeliverAsync(1, 2);
        var whole = _folder.Read();
        await File.WriteAllTextAsync(_folder.Target, whole[..(whole.IndexOf('\n', StringComparison.Ordinal) + 1 + left)], TestContext.Current.CancellationToken);
        await DeliverAsync(1, 2, 3);
        Assert.Equal(JsonLinesFolder.Lines(1, 2, 3), _folder.Read());
    }

    [Fact]
    public async Task The_end_of_a_file_longer_than_a_chunk_is_found()
    {
        var padding = new string('ü', 1500);
        await using (var sink = _folder.Sink()) await sink.DeliverAsync([.. Enumerable.Range(1, 2000).Select(n => Messages.Number(n, padding))], CancellationToken.None);
        await using (var sink = _folder.Sink()) await sink.DeliverAsync([.. Enumerable.Range(1990, 20).Select(n => Messages.Number(n, padding))], CancellationToken.None);
        Assert.Equal(2009, (await File.ReadAllLinesAsync(_folder.Target, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Target)!);
        await File.WriteAllTextAsync(_folder.Target, "dear diary\n", TestContext.Current.CancellationToken);
        await using var sink = _folder.Sink();
        var outcome = await sink.DeliverAsync([Messages.Number(1)], CancellationToken.None);
        Assert.Contains("not ours", outcome.Fault!.Why, StringComparison.Ordinal);
        Assert.Equal("dear diary\n", _folder.Read());
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_unavailable()
    {
        await File.WriteAllTextAsync(Path.GetDirectoryName(_folder.Target)!, "a file where a folder should be", TestContext.Current.CancellationToken);
        await using var sink = _folder.Sink();
        Assert.NotNull((await sink.DeliverAsync([Messages.Number(1)], CancellationToken.None)).Fault);
    }

    [Theory]
    [InlineData("nothing was written", 0)]
    [InlineData("half a line", 20)]
    [InlineData("a line and a half", 50)]
    public async Task A_full_disk_is_waited_for_and_loses_nothing(string reason, int room)
    {
        var full = true;
        await using var sink = _folder.Sink(write: async (file, lines) =>
        {
            await file.WriteAsync(full ? lines[..room] : lines);
            if (full) throw new IOException("No space left on device");
        });
        var outcome = await sink.DeliverAsync([Messages.Number(1), Messages.Number(2)], CancellationToken.None);
        Assert.Equal((0, $"{_folder.Target}: No space left on device"), (outcome.Settled, outcome.Fault!.Why));
        full = false;
        Assert.Equal(2, (await sink.DeliverAsync([Messages.Number(1), Messages.Number(2)], CancellationToken.None)).Settled);
        Assert.True(JsonLinesFolder.Lines(1, 2) == _folder.Read(), reason);
    }

    [Fact]
    public async Task Wherever_a_crash_cuts_every_message_stands_in_the_files_once_and_in_order()
    {
        var batches = Enumerable.Range(0, 5).Select(batch => Enumerable.Range(batch * 3 + 1, 3).ToArray()).ToList();
        var options = new JsonLinesOptions { RotateBytes = 150 };
        for (var room = 0; room < 600; room += 7)
        {
            using var folder = new JsonLinesFolder();
            var settled = await DeliverUntilCrashAsync(folder, options, batches, room);
            // The cursor may be one batch behind the file.
            await using var sink = folder.Sink(options);
            foreach (var batch in batches.Skip(Math.Max(0, settled - 1))) await sink.DeliverAsync(JsonLinesFolder.Numbers(batch), CancellationToken.None);
            Assert.Equal(JsonLinesFolder.Lines([.. Enumerable.Range(1, 15)]), string.Concat(folder.Rotated.Select(folder.Read)) + folder.Read());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> DeliverUntilCrashAsync(JsonLinesFolder folder, JsonLinesOptions options, List<int[]> batches, int room)
    {
        var settled = 0;
        await using var sink = folder.Sink(options, write: async (file, lines) =>
        {
            await file.WriteAsync(lines[..Math.Min(room, lines.Length)]);
            if (lines.Length > room) throw new InvalidOperationException("the crash");
            room -= lines.Length;
        });
        try
        {
            for (; settled < batches.Count; settled++) await sink.DeliverAsync(JsonLinesFolder.Numbers(batches[settled]), CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // From here on the process is gone.
        }
        return settled;
    }

    /// <summary>With a sink of its own each time, as after a crash.</summary>
    private async Task DeliverAsync(params int[] numbers)
    {
        await using var sink = _folder.Sink();
        Assert.Equal(numbers.Length, (await sink.DeliverAsync(JsonLinesFolder.Numbers(numbers), CancellationToken.None)).Settled);
    }
}
