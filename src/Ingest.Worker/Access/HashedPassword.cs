using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Access;

/// <summary>A password as it may lie in a settings file: the framework's own format, PBKDF2 with a salt.</summary>
internal static class HashedPassword
{
    /// <summary>What OWASP's password storage cheat sheet asks of PBKDF2 with SHA-512.</summary>
    private const int Iterations = 210_000;

    /// <summary>The format's first byte and its length: version, function, iterations, length of the salt, salt, key.</summary>
    private const byte Version = 1;
    private const int Length = 61;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    public static string Of(string password) => Hasher.HashPassword("", password);

    public static bool Matches(string hash, string password) => Hasher.VerifyHashedPassword("", hash, password) is not PasswordVerificationResult.Failed;

    /// <summary>Whether it is one at all.</summary>
    public static bool IsOne(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length && bytes[0] == Version;
    }
}
