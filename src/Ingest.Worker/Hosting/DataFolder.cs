using System.Globalization;
using Ingest.Worker.Cli;

namespace Ingest.Worker.Hosting;

/// <summary>The data folder, made and checked; held by one worker at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "worker.lock";

    private readonly FileStream _lock;

    private DataFolder(FileStream held) => _lock = held;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <exception cref="UserErrorException">It cannot be written to.</exception>
    public static void Ensure(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $".write-test-{Environment.ProcessId}"));
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.Storage, $"cannot write to the data folder {Path.GetFullPath(path)} ({error.Message}); mend its permissions or choose another with --data", error);
        }
    }

    /// <summary>Holds the folder for this worker until disposed of; the system lets go of it when the process dies.</summary>
    /// <exception cref="UserErrorException">Another worker holds it.</exception>
    public static DataFolder Hold(string path)
    {
        Ensure(path);
        try
        {
            return new DataFolder(new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error)
        {
            throw new UserErrorException(ExitCodes.Storage, $"the data folder {Path.GetFullPath(path)} is in use by another worker; stop it, or choose another folder with --data", error);
        }
    }

    public void Dispose() => _lock.Dispose();
}
