using System.Globalization;
using System.Text.Json;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;

namespace Ingest.Worker.Api;

/// <summary>What can only be read: <c>/api/audit</c>, <c>/api/feeds</c>, <c>/api/articles</c>.</summary>
internal static class ReadEndpoints
{
    public static void MapReadings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", AuditAsync);
        api.MapGet("/feeds", async (HttpContext http, ICatalog catalog, CancellationToken stop) => ApiJson.Of(new { items = await catalog.ListFeedsAsync(FailureEndpoints.LimitOf(http), stop) }));
        api.MapGet("/feeds/{id:long}", async (long id, ICatalog catalog, CancellationToken stop) => await catalog.FindFeedAsync(id, stop) is { } feed ? ApiJson.Of(feed) : Missing("feed"));
        api.MapGet("/articles", ArticlesAsync);
        api.MapGet("/articles/{id:guid}", ArticleAsync);
    }

    private static async Task<IResult> AuditAsync(HttpContext http, IAuditTrail audit, CancellationToken stop)
    {
        var most = FailureEndpoints.LimitOf(http);
        var lines = await audit.ListAsync(Number(http, "before"), most + 1, stop);
        return ApiJson.Of(new { items = lines.Take(most), next = lines.Count > most ? lines[most - 1].Id : (long?)null });
    }

    private static async Task<IResult> ArticlesAsync(HttpContext http, ICatalog catalog, CancellationToken stop)
    {
        var most = FailureEndpoints.LimitOf(http);
        var before = http.Request.Query["before"].ToString() is { Length: > 0 } text ? Guid.TryParse(text, out var id) ? id : throw new UserErrorException("before is an article's id") : (Guid?)null;
        var articles = await catalog.ListArticlesAsync(Number(http, "feed"), before, most + 1, stop);
        return ApiJson.Of(new { items = articles.Take(most), next = articles.Count > most ? articles[most - 1].Id : (Guid?)null });
    }

    private static async Task<IResult> ArticleAsync(Guid id, ICatalog catalog, CancellationToken stop)
    {
        if (await catalog.FindArticleAsync(id, stop) is not { } article) return Missing("article");
        using var data = article.Data is { } json ? JsonDocument.Parse(json) : null;
        return ApiJson.Of(new { article.Summary, data = data?.RootElement.Clone() });
    }

    private static long? Number(HttpContext http, string name) => http.Request.Query[name].ToString() switch
    {
        "" => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new UserErrorException($"{name} is a number"),
    };

    private static IResult Missing(string what) => ApiSetup.Problem(StatusCodes.Status404NotFound, $"there is no such {what}");
}
