namespace Ingest.Worker.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int SomeFailed = 1;
    public const int Usage = 2;
    public const int Configuration = 3;
    public const int Storage = 4;
}

/// <summary>A fault that the person at the keyboard can mend: one line that says what is wrong and what to do.</summary>
internal sealed class UserErrorException : Exception
{
    public UserErrorException() { }
    public UserErrorException(string message) : base(message) { }
    public UserErrorException(string message, Exception inner) : base(message, inner) { }
    public UserErrorException(int exitCode, string message, Exception? inner = null) : base(message, inner) => ExitCode = exitCode;

    public int ExitCode { get; } = ExitCodes.Usage;
}
