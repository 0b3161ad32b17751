using Hangfire;
using Hangfire.Dashboard;
using Ingest.Pipeline.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ingest.Hangfire;

/// <summary>Hangfire's dashboard, behind the host's own sign-in.</summary>
public static class HangfirePages
{
    public const string Path = "/hangfire";

    /// <summary>Call it after the host's authentication and with antiforgery: Hangfire checks the tokens of its forms only where that is registered.</summary>
    public static IEndpointConventionBuilder MapHangfirePages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/hangfire-job/{kind}/{target}", Find);
        return app.MapHangfireDashboard(Path, new DashboardOptions
        {
            AppPath = "/",
            DashboardTitle = "Ingest jobs",
            DisplayStorageConnectionString = false,
            DefaultRecordsPerPage = 50,
            StatsPollingInterval = 5000,
            // Not Hangfire's own, which lets in whoever comes from this machine, as everybody behind a proxy does.
            Authorization = [new SignedInOnly()],
        });
    }

    /// <summary>To the job of a target, for our own pages: looked up when somebody asks, not for each row of a list.</summary>
    private static IResult Find(string kind, string target, JobStorage storage)
    {
        if (!Enum.TryParse<JobKind>(kind, out var named)) return Results.NotFound();
        using var connection = storage.GetConnection();
        return JobKeys.Find(connection, new Job(named, target)) is { } id ? Results.LocalRedirect($"{Path}/jobs/details/{id}") : Results.LocalRedirect(Path);
    }

    private sealed class SignedInOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => context.GetHttpContext().User.Identity is { IsAuthenticated: true };
    }
}

/// <summary>On a job's page the way to what it is about.</summary>
internal static class TargetLink
{
    public static NonEscapedString Render(JobDetailsRendererDto details) => Dispatcher.Read(details.JobDetails.Job) switch
    {
        { Kind: JobKind.RefreshFeed } feed => Link($"/feeds/{feed.FeedId}", "The feed"),
        { Kind: JobKind.IngestArticle } article => Link($"/articles/{article.ArticleId}", "The article"),
        _ => new NonEscapedString(""),
    };

    private static NonEscapedString Link(string path, string words) => new($"<p><a href=\"{path}\">{words} in Ingest</a></p>");
}
