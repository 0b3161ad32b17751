using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ingest.Torture.Receivers;

/// <summary>The file system of the JSON Lines file: small, and full when a ballast file is written into what is left of it. Only root may mount one.</summary>
internal sealed class FullDisk : IDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly string _folder;
    private readonly bool _mounted;

    private FullDisk(string folder, bool mounted) => (_folder, _mounted) = (folder, mounted);

    /// <summary>Whether it can be made full.</summary>
    public bool CanFill => _mounted;

    public string File => Path.Combine(_folder, "articles.jsonl");

    private string Ballast => Path.Combine(_folder, "ballast");

    public static FullDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return new FullDisk(folder, Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "none", folder));
    }

    /// <summary>Takes all that is free, to the last page.</summary>
    public void Fill()
    {
        try
        {
            using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true) ballast.Write(new byte[Chunk]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => System.IO.File.Delete(Ballast);

    /// <summary>Every line of the file and of those that were set aside before it. A line that is no message is an error.</summary>
    public Ledger Read()
    {
        var ledger = new Ledger("jsonl");
        foreach (var path in Directory.GetFiles(_folder, "articles*").Order(StringComparer.Ordinal))
        {
            using var file = System.IO.File.OpenRead(path);
            using var lines = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
            while (lines.ReadLine() is { } line) ledger.Note(Encoding.UTF8.GetBytes(line), at: null);
        }
        return ledger;
    }

    /// <summary>Bytes written so far.</summary>
    public long Length => Directory.GetFiles(_folder, "articles*").Sum(path => new FileInfo(path).Length);

    public void Dispose()
    {
        if (_mounted) Run("umount", "--lazy", _folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
