using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingest.Newsroom.Serving;

/// <summary>Answers requests as a healthy server does.</summary>
internal static class Responder
{
    public static string PathAndQuery(HttpContext http) => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>The representation, a 304 when the client has it already, or a 404; compressed when the client takes that.</summary>
    public static Task Answer(HttpContext http, Representation? found)
    {
        if (found is null)
        {
            return Status(http, StatusCodes.Status404NotFound);
        }
        Validate(http.Response, found);
        if (IsFresh(http.Request, found))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var encoding = Encodings.Accepted(http.Request.Headers.AcceptEncoding.ToString());
        http.Response.Headers.Vary = "Accept-Encoding";
        return Send(http, Encodings.Encode(found.Body, encoding), found.ContentType, encoding);
    }

    public static Task Status(HttpContext http, int code)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/html; charset=utf-8";
        return code is 204 or 304 ? Task.CompletedTask : http.Response.WriteAsync($"<html><head><title>{code}</title></head><body><h1>{code}</h1></body></html>", http.RequestAborted);
    }

    public static async Task Send(HttpContext http, ReadOnlyMemory<byte> body, string contentType, string? encoding)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (encoding is not null)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    public static void Validate(HttpResponse response, Representation found)
    {
        if (found.ETag is { } tag)
        {
            response.Headers.ETag = tag;
        }
        if (found.LastModified is { } at)
        {
            response.Headers.LastModified = at.ToString("R", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>If-None-Match outranks If-Modified-Since (RFC 9110, 13.2.2).</summary>
    private static bool IsFresh(HttpRequest request, Representation found)
    {
        var tags = request.Headers.IfNoneMatch.ToString();
        if (tags.Length > 0)
        {
            return found.ETag is { } tag && (tags == "*" || tags.Split(',').Any(t => t.Trim().Replace("W/", "", StringComparison.Ordinal) == tag));
        }
        return found.LastModified is { } modified
            && DateTimeOffset.TryParseExact(request.Headers.IfModifiedSince.ToString(), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            && modified <= since.AddSeconds(1).AddTicks(-1);
    }
}
