using Ingest.Core.Articles;
using Ingest.Core.Articles.SiteRules;
using Ingest.Core.Feeds;
using Ingest.Pipeline;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Pipeline.WebSub;
using Ingest.Storage;
using Ingest.Worker.Jobs;
using Ingest.Worker.SiteRules;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Hosting;

/// <summary>The composition root: everything a command or the worker may need.</summary>
internal static class Services
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration) => services
        .AddIngestOptions(configuration)
        .AddSingleton(new ClusterClock(TimeProvider.System))
        .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<ClusterClock>())
#pragma warning disable RS0030 // The composition root is where chance comes from; everybody else takes a Random.
        .AddSingleton(Random.Shared)
#pragma warning restore RS0030
        .AddIngestStorage()
        .AddPipeline()
        .AddSinks()
        .AddSingleton<Progress>();

    private static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton(new FeedParser())
        .AddSingleton(SiteRuleFolder.Of)
        .AddSingleton(provider => provider.GetRequiredService<SiteRuleFolder>().Load())
        .AddSingleton(provider => new ArticleExtractor(forms: FormsOf(provider.GetRequiredService<IOptions<ArticlesOptions>>().Value), rules: provider.GetRequiredService<SiteRuleSet>()))
        // Validated at start: a bad entry never gets here.
        .AddSingleton(provider => GuardOf(provider.GetRequiredService<IOptions<FetchingOptions>>().Value))
        .AddSingleton<HostThrottle>()
        .AddSingleton<Fetcher>()
        .AddSingleton<Metrics>()
        .AddSingleton(provider => WorkerIdentity.Create(provider.GetRequiredService<Random>()))
        .AddSingleton<LeaseHolder>()
        .AddSingleton<JobBoundary>()
        .AddSingleton<ParsingAlone>()
        .AddSingleton<OutboxSignal>()
        .AddSingleton<FurtherPages>()
        .AddSingleton<IngestArticle>()
        .AddSingleton<ParseFeed>()
        .AddSingleton<FindFeeds>()
        .AddSingleton<PollTimes>()
        .AddSingleton<Hubs>()
        .AddSingleton<HubClient>()
        .AddSingleton<KeepSubscriptions>()
        .AddSingleton<HubCallback>()
        .AddSingleton<Rediscover>()
        .AddSingleton<FollowSitemaps>()
        .AddSingleton<CheckFeed>()
        .AddSingleton<IngestNew>()
        .AddSingleton<ReadFeed>()
        .AddSingleton<RefreshFeed>()
        .AddSingleton<DispatchFeeds>()
        .AddSingleton<Reconcile>()
        .AddSingleton<Retain>()
        // For a single command; the worker's engine takes its place.
        .AddSingleton<IJobQueue, NoEngine>();

    private static ArticleForms FormsOf(ArticlesOptions options) =>
        (options.Markdown ? ArticleForms.Markdown : ArticleForms.None) | (options.Html ? ArticleForms.Html : ArticleForms.None);

    private static AddressGuard GuardOf(FetchingOptions options) =>
        AddressGuard.TryCreate(options.AllowedAddresses, out _, options.AllowedPorts is { Count: > 0 } ports ? ports : FetchingOptions.UsualPorts)!;
}
