using System.Globalization;
using System.Threading.RateLimiting;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Pipeline.WebSub;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Api;

/// <summary>
/// Where hubs (WebSub) reach us: open to anybody by design, for a token that nobody can guess and a signature take the place of a sign-in. It is there only where
/// <c>WebSub:CallbackUrl</c> is set.
/// </summary>
internal static class HubEndpoint
{
    private const string Path = "/websub/{token}";
    private const string Pace = "hubs";

    /// <summary>A hub brings many feeds at once after a pause; nobody has more to say for long.</summary>
    private const int AtOnce = 200;
    private const int PerSecond = 20;

    public static IServiceCollection AddHubEndpoint(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Pace, http => RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = AtOnce,
            TokensPerPeriod = PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));
    });

    public static void MapHubEndpoint(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<WebSubOptions>>().Value.CallbackUrl is null) return;
        app.UseRateLimiter();
        app.MapGet(Path, ConfirmAsync).AllowAnonymous().RequireRateLimiting(Pace);
        app.MapPost(Path, ReceiveAsync).AllowAnonymous().RequireRateLimiting(Pace).DisableAntiforgery();
    }

    private static async Task<IResult> ConfirmAsync(string token, HttpContext http, HubCallback callback, CancellationToken stop)
    {
        var query = http.Request.Query;
        TimeSpan? lease = long.TryParse(query["hub.lease_seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : null;
        return await callback.ConfirmAsync(token, query["hub.mode"], query["hub.topic"], lease, query["hub.reason"], stop)
            ? Results.Text(query["hub.challenge"].ToString(), "text/plain")
            : Results.NotFound();
    }

    private static async Task<IResult> ReceiveAsync(string token, HttpContext http, HubCallback callback, IOptions<FetchingOptions> limits, CancellationToken stop)
    {
        if (await callback.FindAsync(token, stop) is not { } subscription) return Results.NotFound();
        if (subscription.State is PushState.Leaving) return Results.StatusCode(StatusCodes.Status410Gone);
        if (http.Request.Headers.ContentEncoding.Count > 0) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limits.Value.MaxBodyBytes;
        using var body = new MemoryStream();
        // Kestrel throws a BadHttpRequestException (413) when it is longer, which its own error handling answers.
        await http.Request.Body.CopyToAsync(body, stop);
        await callback.ReceiveAsync(subscription, http.Request.ContentType, http.Request.Headers[HubSignature.Header], body.GetBuffer().AsMemory(0, (int)body.Length), stop);
        return Results.Accepted();
    }
}
