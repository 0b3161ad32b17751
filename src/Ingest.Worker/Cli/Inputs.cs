using System.IO.Compression;
using System.Text.Unicode;
using Ingest.Core.Articles;
using Ingest.Pipeline.Fetching;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary>The documents that <c>extract</c> and <c>parse</c> are given: files, folders and addresses.</summary>
internal static class Inputs
{
    private const string AcceptAll = "*/*";
    private const string Utf8Html = "text/html; charset=utf-8";
    private const string Utf8Text = "text/plain; charset=utf-8";

    /// <summary>Bytes of one file after decompression.</summary>
    private const long MaxFileBytes = 256L * 1024 * 1024;

    /// <summary>An address, a file, or a folder's files with one of the endings, by name.</summary>
    public static IEnumerable<string> Expand(string argument, params string[] endings)
    {
        if (IsUrl(argument) || !Directory.Exists(argument)) return [argument];
        return Directory.EnumerateFiles(argument)
            .Where(file => endings.Length == 0 || endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal);
    }

    public static bool IsUrl(string argument) =>
        argument.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || argument.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file's name without its endings; an address as it is.</summary>
    public static string IdOf(string input, params string[] endings)
    {
        if (IsUrl(input)) return input;
        var name = Path.GetFileName(input);
        var ending = endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? Path.GetFileNameWithoutExtension(name) : name[..^ending.Length];
    }

    /// <summary>Reads one input; the error is one line for a person.</summary>
    public static async Task<InputOutcome> ReadAsync(string input, Func<Toolbox> tools, CancellationToken stop)
    {
        if (IsUrl(input)) return await FetchAsync(input, tools(), stop);
        try
        {
            return new InputOutcome.Read(await ReadFileAsync(input, stop), ContentType: null, Url: null, ContentLocation: null, ContentLanguage: null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var why = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : error.Message;
            return new InputOutcome.Unreadable($"cannot read {input}: {why}");
        }
    }

    /// <summary>A document as the extractor takes it. <paramref name="address"/> is where a saved page came from, if anybody knows.</summary>
    public static PageInput PageOf(string input, InputOutcome.Read document, Uri? address)
    {
        // Saved files have lost their header: what is valid UTF-8 is UTF-8, whatever the page says of itself.
        var path = input.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? input[..^3] : input;
        var text = document.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ?? path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
        var saved = Utf8.IsValid(document.Body.Span) ? text ? Utf8Text : Utf8Html : null;
        return new PageInput(document.Body, text ? PageFormat.PlainText : PageFormat.Html) { ContentType = document.ContentType ?? saved, Url = document.Url ?? address };
    }

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken stop)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxFileBytes }) throw new InvalidDataException($"more than {MaxFileBytes} bytes");
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return await File.ReadAllBytesAsync(path, stop);
        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await gzip.ReadAsync(buffer, stop) is > 0 and var read)
        {
            if (bytes.Length + read > MaxFileBytes) throw new InvalidDataException($"more than {MaxFileBytes} bytes after decompression");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    private static async Task<InputOutcome> FetchAsync(string address, Toolbox tools, CancellationToken stop)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url)) return new InputOutcome.Unreadable($"'{address}' is not an address");
        return await tools.Get<Fetcher>().GetAsync(new FetchRequest(url, AcceptAll), stop) switch
        {
            FetchOutcome.Fetched page => new InputOutcome.Read(
                page.Body, page.Headers.ContentType, page.FinalUrl, page.Headers.ContentLocation, page.Headers.ContentLanguage),
            FetchOutcome.Failed failed => new InputOutcome.Unreadable($"cannot fetch {address}: {failed.Why}"),
            _ => new InputOutcome.Unreadable($"cannot fetch {address}: an unasked 304"),
        };
    }
}

/// <summary>What came of an input.</summary>
internal abstract record InputOutcome
{
    private InputOutcome() { }

    public sealed record Read(ReadOnlyMemory<byte> Body, string? ContentType, Uri? Url, string? ContentLocation, string? ContentLanguage) : InputOutcome;

    public sealed record Unreadable(string Why) : InputOutcome;
}
