using System.Globalization;
using System.Net.Mime;
using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Failures;

/// <summary>What a failed attempt received, as a file: a stranger's page, which no browser may take for one of ours.</summary>
internal static class FailureDownload
{
    public static async Task<IResult> ServeAsync(long id, HttpContext http, IFailureStore failures, CancellationToken stop)
    {
        if (await failures.FindPageAsync(id, stop) is not { } page) return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(page.Body.ToArray(), MediaTypeNames.Text.Plain, string.Create(CultureInfo.InvariantCulture, $"failure-{id}.txt"));
    }
}
