using System.Security.Cryptography;
using Ingest.Core.Feeds;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline.WebSub;

/// <summary>What a refresh has to do with hubs.</summary>
public sealed class Hubs(IPushStore pushes, IOptions<WebSubOptions> options, TimeProvider clock)
{
    private const int TokenBytes = 24;

    /// <summary>Notes the hub that a fetched document names. True when that is relied upon no longer: the fetch has found what it should have brought.</summary>
    public async Task<bool> NoteAsync(FeedToPoll feed, ParsedFeed document, FetchOutcome.Fetched page, bool foundNews, CancellationToken stop)
    {
        if (options.Value.CallbackUrl is null) return false;
        await pushes.NoteHubAsync(feed.Id, HubLinks.Of(document, page), Unguessable(), Unguessable(), clock.GetUtcNow(), stop);
        if (!foundNews || feed.PushedUntil is null) return false;
        await pushes.DistrustAsync(feed.Id, stop);
        return true;
    }

    public Task<IReadOnlyList<PushedDocument>> WaitingAsync(long feedId, CancellationToken stop) => pushes.WaitingAsync(feedId, stop);

    public Task DropAsync(IReadOnlyList<PushedDocument> read, CancellationToken stop) => pushes.DropAsync([.. read.Select(document => document.Id)], stop);

    private static string Unguessable() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
}
