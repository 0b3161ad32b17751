using System.Globalization;
using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.Benchmarks;

/// <summary>
/// What most polls are: a feed that has not changed, over HTTP, with SQLite. Once answered 304, once with the same body by a server that knows no
/// validators. Only what the worker spends; the newsroom is another process.
/// </summary>
internal static class PollBenchmark
{
    private const int Rounds = 21;
    private const int ArticlesPerSite = 12;
    private const int PollsPerRun = 20;

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        await using var newsroom = await NewsroomProcess.StartAsync(ArticlesPerSite, stop);
        await using var bench = await Workbench.OpenAsync(newsroom.BaseUri, stop);
        var quiet = await Poll.BeginAsync("304", bench, newsroom, Validators.Both, stop);
        var same = await Poll.BeginAsync("the same body", bench, newsroom, Validators.None, stop);
        List<string> notes = [await quiet.CountSqlAsync(stop), await same.CountSqlAsync(stop), await SteadyPolls.RunAsync(newsroom, stop)];
        var sides = await Measure.InterleaveAsync(Rounds, [quiet.AsSide(stop), same.AsSide(stop)], stop);
        List<string> faults = [.. await quiet.FaultsAsync(whole: false, stop), .. await same.FaultsAsync(whole: true, stop)];
        return new Report("poll: one refresh of an unchanged feed over loopback", "poll", sides) { Notes = notes, Faults = faults };
    }

    /// <summary>A subscribed feed whose articles are in.</summary>
    private sealed class Poll(string name, long feedId, RefreshFeed refresh, IFeedStore feeds, LeaseHolder leases, Progress progress, TimeProvider clock)
    {
        public static async Task<Poll> BeginAsync(string name, Workbench bench, NewsroomProcess newsroom, Validators validators, CancellationToken stop)
        {
            var feed = newsroom.World.Feeds.First(feed => feed.Validators == validators);
            var id = (await bench.SubscribeAsync(newsroom.BaseUri, [feed], stop))[0];
            var tools = bench.Tools;
            var poll = new Poll(
                $"{name} ({feed.Format})", id, tools.Get<RefreshFeed>(), tools.Get<IFeedStore>(), tools.Get<LeaseHolder>(), tools.Get<Progress>(), tools.Get<TimeProvider>());
            await poll.RunAsync(1, stop);
            if (tools.Get<Progress>().Snapshot().Cleaned == 0) throw new InvalidOperationException($"the first poll of {feed.Path} brought no article");
            return poll;
        }

        public Side AsSide(CancellationToken stop) => new(name, () => RunAsync(PollsPerRun, stop));

        /// <summary>Apart from what is timed: listening costs as well.</summary>
        public async Task<string> CountSqlAsync(CancellationToken stop)
        {
            using var sql = await SqlCount.BeginAsync(clock, stop);
            await RunAsync(PollsPerRun, stop);
            if (sql.Statements == 0) throw new InvalidOperationException($"{name}: no SQL statement was heard of");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {PerPoll(sql.Statements)} SQL statements a poll, {PerPoll(sql.Writes)} of them writes, in {PerPoll(sql.Transactions)} transactions and {PerPoll(sql.Openings)} openings of a connection");
        }

        /// <param name="whole">Whether every poll should have brought the whole document.</param>
        public async Task<IEnumerable<string>> FaultsAsync(bool whole, CancellationToken stop)
        {
            var before = progress.Snapshot();
            var last = (await feeds.FindAsync(feedId, stop))?.LastFullFetchAt;
            await RunAsync(1, stop);
            var again = (await feeds.FindAsync(feedId, stop))?.LastFullFetchAt;
            var now = progress.Snapshot();
            return Faults();

            IEnumerable<string> Faults()
            {
                if (now.Failed > 0) yield return $"{name}: {now.Failed} polls or articles failed";
                if (now.Cleaned != before.Cleaned) yield return $"{name}: the feed brought new articles";
                if (whole != (again > last)) yield return $"{name}: a poll was answered otherwise";
            }
        }

        private async Task<int> RunAsync(int polls, CancellationToken stop)
        {
            var before = progress.Snapshot().Polled;
            for (var i = 0; i < polls; i++)
            {
                await feeds.ClaimAsync(feedId, leases.Take(), stop);
                await refresh.RunAsync(feedId, stop);
            }
            return progress.Snapshot().Polled - before == polls ? polls : throw new InvalidOperationException($"{name}: not every poll ended");
        }

        private static double PerPoll(int count) => (double)count / PollsPerRun;
    }
}
