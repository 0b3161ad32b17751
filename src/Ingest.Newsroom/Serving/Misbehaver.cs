using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ingest.Newsroom.Serving;

/// <summary>Answers requests wrongly, in the way asked for.</summary>
internal sealed class Misbehaver(TimeProvider clock)
{
    private const string HopPrefix = "/~hop/";
    private const string LoopPrefix = "/~loop";
    private const int NoiseBytes = 64 * 1024;
    private const int Megabyte = 1024 * 1024;
    private int _served;

    public Task Answer(HttpContext http, Misbehaviour how, Representation? found)
    {
        var right = found ?? new Representation([], "text/html; charset=utf-8");
        return how switch
        {
            Misbehaviour.Slow slow => Slow(http, slow, right),
            Misbehaviour.Status status => Responder.Status(http, status.Code),
            Misbehaviour.RetryAfter retry => RetryAfter(http, retry),
            Misbehaviour.RedirectChain chain => Redirect(http, chain.Code, chain.Hops > 0 ? $"{HopPrefix}{chain.Code}/{chain.Hops - 1}{Responder.PathAndQuery(http)}" : Responder.PathAndQuery(http)),
            Misbehaviour.RedirectLoop loop => Redirect(http, loop.Code, LoopPrefix + Responder.PathAndQuery(http)),
            Misbehaviour.RedirectTo redirect => Redirect(http, redirect.Code, redirect.Location),
            Misbehaviour.WrongCharset wrong => WrongCharset(http, wrong, right),
            Misbehaviour.Compressed packed => Responder.Send(http, Encodings.Encode(right.Body, packed.Encoding), right.ContentType, packed.Encoding),
            Misbehaviour.FrozenETag frozen => FrozenETag(http, frozen, right),
            Misbehaviour.Huge huge => Huge(http, huge, right),
            Misbehaviour.CutShort => CutShort(http, right),
            Misbehaviour.Garbage garbage => Responder.Send(http, Garbage(garbage.Kind, right), right.ContentType, encoding: null),
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };
    }

    /// <summary>Follows the addresses that redirect chains are made of; false when the path is none of them.</summary>
    public static bool TryHop(HttpContext http, Func<string, Representation?> find, out Task answer)
    {
        var path = Responder.PathAndQuery(http);
        if (path.StartsWith(LoopPrefix, StringComparison.Ordinal))
        {
            answer = Redirect(http, StatusCodes.Status302Found, path[LoopPrefix.Length..]);
            return true;
        }
        if (path.StartsWith(HopPrefix, StringComparison.Ordinal) && path[HopPrefix.Length..].Split('/', 3) is [var code, var left, var rest]
            && int.TryParse(code, out var status) && int.TryParse(left, out var hops))
        {
            answer = hops == 0 ? Responder.Answer(http, find($"/{rest}")) : Redirect(http, status, $"{HopPrefix}{code}/{hops - 1}/{rest}");
            return true;
        }
        answer = Task.CompletedTask;
        return false;
    }

    private static Task Redirect(HttpContext http, int code, string location)
    {
        http.Response.StatusCode = code;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static Task RetryAfter(HttpContext http, Misbehaviour.RetryAfter retry)
    {
        http.Response.Headers.RetryAfter = retry.Value;
        return Responder.Status(http, retry.Code);
    }

    private async Task Slow(HttpContext http, Misbehaviour.Slow slow, Representation right)
    {
        var stop = http.RequestAborted;
        await Task.Delay(slow.BeforeHeaders, clock, stop).ConfigureAwait(false);
        if (slow.BetweenBytes == TimeSpan.Zero)
        {
            await Responder.Answer(http, right).ConfigureAwait(false);
            return;
        }
        http.Response.ContentType = right.ContentType;
        http.Response.ContentLength = right.Body.Length;
        await http.Response.StartAsync(stop).ConfigureAwait(false);
        for (var i = 0; i < right.Body.Length; i++)
        {
            await Task.Delay(slow.BetweenBytes, clock, stop).ConfigureAwait(false);
            await http.Response.Body.WriteAsync(right.Body.AsMemory(i, 1), stop).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(stop).ConfigureAwait(false);
        }
    }

    private static Task WrongCharset(HttpContext http, Misbehaviour.WrongCharset wrong, Representation right)
    {
        var text = (right.ContentType == "text/html" ? Charset("windows-1252") : Encoding.UTF8).GetString(right.Body);
        var type = right.ContentType.Split(';')[0];
        return Responder.Send(http, Charset(wrong.Sent).GetBytes(text), $"{type}; charset={wrong.Declared}", encoding: null);
    }

    private Task FrozenETag(HttpContext http, Misbehaviour.FrozenETag frozen, Representation right)
    {
        const string tag = "\"never-changes\"";
        if (frozen.TrustsItself && http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.Headers.ETag = tag;
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        http.Response.Headers.ETag = tag;
        byte[] body = [.. right.Body, .. Enumerable.Repeat((byte)'\n', Interlocked.Increment(ref _served))];
        return Responder.Send(http, body, right.ContentType, encoding: null);
    }

    private static async Task Huge(HttpContext http, Misbehaviour.Huge huge, Representation right)
    {
        http.Response.ContentType = right.ContentType;
        var spaces = new byte[Megabyte];
        spaces.AsSpan().Fill((byte)' ');
        if (huge.AsGzipBomb)
        {
            http.Response.Headers.ContentEncoding = "gzip";
        }
        var target = huge.AsGzipBomb ? Encodings.Packer(http.Response.Body, "gzip") : http.Response.Body;
        await using (target.ConfigureAwait(false))
        {
            await target.WriteAsync(right.Body, http.RequestAborted).ConfigureAwait(false);
            for (var i = 0; i < huge.Megabytes; i++)
            {
                await target.WriteAsync(spaces, http.RequestAborted).ConfigureAwait(false);
            }
        }
    }

    private static async Task CutShort(HttpContext http, Representation right)
    {
        http.Response.ContentType = right.ContentType;
        http.Response.ContentLength = right.Body.Length;
        await http.Response.Body.WriteAsync(right.Body.AsMemory(0, right.Body.Length / 2), http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Abort();
    }

    private static byte[] Garbage(GarbageKind kind, Representation right)
    {
        switch (kind)
        {
            case GarbageKind.Binary:
                var noise = new byte[NoiseBytes];
                new Random(NoiseBytes).NextBytes(noise);
                return noise;
            case GarbageKind.Html:
                return Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action=\"/login\"><label>User <input name=\"u\"></label><button>Sign in</button></form></body></html>");
            case GarbageKind.HalfDocument:
                return right.Body[..(right.Body.Length / 2)];
            default:
                return [];
        }
    }

    private static Encoding Charset(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
}
