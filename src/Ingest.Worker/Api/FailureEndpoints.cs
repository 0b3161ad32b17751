using System.Globalization;
using System.Text.Json;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;
using Ingest.Worker.Failures;

namespace Ingest.Worker.Api;

/// <summary><c>/api/failures</c></summary>
internal static class FailureEndpoints
{
    private const int DefaultMost = 100;
    private const int Most = 1_000;
    private const int Sample = 10;

    public static void MapFailures(this IEndpointRouteBuilder api)
    {
        var failures = api.MapGroup("/failures");
        failures.MapGet("", ListAsync);
        failures.MapGet("/groups", GroupAsync);
        failures.MapGet("/{id:long}", FindAsync);
        failures.MapGet("/{id:long}/page", FailureDownload.ServeAsync);
        failures.MapGet("/actions/{id:long}", FindActionAsync);
        failures.MapPost("/rerun", RerunAsync).RefuseForgeries();
        failures.MapPost("/discard", DiscardAsync).RefuseForgeries();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IFailureStore failures, TimeProvider clock, CancellationToken stop)
    {
        var (filter, most) = (FilterOf(http, clock.GetUtcNow(), "limit", "after"), LimitOf(http));
        var after = http.Request.Query["after"].ToString() is { Length: > 0 } place ? FailurePlace.Parse(place) ?? throw new UserErrorException($"'{place}' is no place; take 'next' from an answer") : (FailurePlace?)null;
        var items = await failures.ListAsync(filter with { Most = most + 1, After = after }, stop);
        return ApiJson.Of(new { items = items.Take(most), next = items.Count > most ? items[most - 1].Place.ToString() : null });
    }

    private static async Task<IResult> GroupAsync(HttpContext http, IFailureStore failures, TimeProvider clock, CancellationToken stop) =>
        ApiJson.Of(new { items = await failures.GroupAsync(FilterOf(http, clock.GetUtcNow(), "limit"), LimitOf(http), stop) });

    private static async Task<IResult> FindAsync(long id, IFailureStore failures, CancellationToken stop) => await failures.FindAsync(id, stop) is { } failure
        ? ApiJson.Of(new
        {
            failure = failure.Item,
            failure.Attempts,
            page = failure.Page is { } page ? new { page.Url, page.ContentType, page.At, page.Length, kept = page.Body.Length, text = string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/failures/{id}/page") } : null,
        })
        : ApiSetup.Problem(StatusCodes.Status404NotFound, "there is no such failure; it may be healed");

    private static async Task<IResult> FindActionAsync(long id, IFailureStore failures, CancellationToken stop) =>
        await failures.FindActionAsync(id, stop) is { } action ? ApiJson.Of(action) : ApiSetup.Problem(StatusCodes.Status404NotFound, "there is no such action");

    private static async Task<IResult> RerunAsync(HttpContext http, IFailureStore failures, IHostApplicationLifetime lifetime, TimeProvider clock, CancellationToken stop)
    {
        var (request, now) = (await ReadAsync(http, stop), clock.GetUtcNow());
        var (filter, perSecond) = (request.Filter(now), FailureQuery.Rate(request.Rate));
        if (request.DryRun) return await PreviewAsync(failures, filter, stop);
        // To the end, also when the caller has gone: half an action is of no use to anybody.
        return Begun(await failures.RerunAsync(filter, http.Hand(AuditSource.Api), perSecond, now, lifetime.ApplicationStopping));
    }

    private static async Task<IResult> DiscardAsync(HttpContext http, IFailureStore failures, IHostApplicationLifetime lifetime, TimeProvider clock, CancellationToken stop)
    {
        var (request, now) = (await ReadAsync(http, stop), clock.GetUtcNow());
        if (request.Rate is not null) throw new UserErrorException("discarding has no rate");
        var filter = request.Filter(now);
        return request.DryRun ? await PreviewAsync(failures, filter, stop) : Begun(await failures.DiscardAsync(filter, http.Hand(AuditSource.Api), now, lifetime.ApplicationStopping));
    }

    private static IResult Begun(FailureAction action) => ApiJson.Of(action, StatusCodes.Status202Accepted);

    private static async Task<IResult> PreviewAsync(IFailureStore failures, FailureFilter filter, CancellationToken stop) =>
        ApiJson.Of(new { count = await failures.CountAsync(filter, stop), sample = await failures.ListAsync(filter with { Most = Sample }, stop) });

    private static async Task<FailureRequest> ReadAsync(HttpContext http, CancellationToken stop)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<FailureRequest>(ApiJson.Options, stop) ?? throw new UserErrorException("the body is empty");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"the body is not what it should be: {error.Message}", error);
        }
    }

    /// <summary>A misspelt word would choose more than is meant: it is an error.</summary>
    private static FailureFilter FilterOf(HttpContext http, DateTimeOffset now, params string[] others)
    {
        var query = http.Request.Query;
        if (query.Keys.FirstOrDefault(key => !FailureQuery.Words.Contains(key, StringComparer.OrdinalIgnoreCase) && !others.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new UserErrorException($"there is no '{Output.Short(unknown, 60)}' here; there are {string.Join(", ", FailureQuery.Words.Concat(others))}");
        return FailureQuery.Parse(word => query[word].ToString(), now);
    }

    public static int LimitOf(HttpContext http) => http.Request.Query["limit"].ToString() switch
    {
        "" => DefaultMost,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= Most => most,
        _ => throw new UserErrorException($"limit is a number from 1 to {Most}"),
    };

    /// <summary>Which failures; the fields are the words of the filter.</summary>
    private sealed record FailureRequest
    {
        public IReadOnlyList<long>? Id { get; init; }
        public string? Job { get; init; }
        public string? Target { get; init; }
        public string? Host { get; init; }
        public long? Feed { get; init; }
        public string? Kind { get; init; }
        public string? Status { get; init; }
        public string? Error { get; init; }
        public string? Since { get; init; }
        public string? Until { get; init; }
        public long? Action { get; init; }

        /// <summary>Must be said where nothing narrows the choice.</summary>
        public bool All { get; init; }
        public bool DryRun { get; init; }

        /// <summary>As <c>10/s</c>.</summary>
        public string? Rate { get; init; }

        public FailureFilter Filter(DateTimeOffset now)
        {
            var filter = FailureQuery.Parse(Word, now);
            return !filter.IsEverything() || All ? filter : throw new UserErrorException($"say which failures by {string.Join(", ", FailureQuery.Words)}, or \"all\": true");
        }

        private string? Word(string word) => word switch
        {
            FailureWords.Id => Id is null ? null : string.Join(',', Id),
            FailureWords.Job => Job,
            FailureWords.Target => Target,
            FailureWords.Host => Host,
            FailureWords.Feed => Feed?.ToString(CultureInfo.InvariantCulture),
            FailureWords.Kind => Kind,
            FailureWords.Status => Status,
            FailureWords.Error => Error,
            FailureWords.Since => Since,
            FailureWords.Until => Until,
            FailureWords.Action => Action?.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
