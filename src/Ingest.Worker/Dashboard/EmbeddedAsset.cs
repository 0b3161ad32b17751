using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Ingest.Worker.Dashboard;

/// <summary>
/// A file that rides in the assembly, so that the pages need no folder beside them. Its address carries a hash of its content: a browser
/// may keep it for ever and still never shows an old one.
/// </summary>
internal sealed class EmbeddedAsset
{
    public static readonly EmbeddedAsset Style = new("app", "css", "text/css; charset=utf-8");
    public static readonly EmbeddedAsset Script = new("app", "js", "text/javascript; charset=utf-8");

    private readonly byte[] _content;
    private readonly string _contentType;
    private readonly EntityTagHeaderValue _etag;

    private EmbeddedAsset(string name, string extension, string contentType)
    {
        _content = Read($"Dashboard.{name}.{extension}");
        _contentType = contentType;
        var hash = Convert.ToHexStringLower(SHA256.HashData(_content))[..12];
        _etag = new EntityTagHeaderValue($"\"{hash}\"");
        Path = $"/assets/{name}.{hash}.{extension}";
    }

    public string Path { get; }

    public IResult Serve(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(_content, _contentType, entityTag: _etag);
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(EmbeddedAsset).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
