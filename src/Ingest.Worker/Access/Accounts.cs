using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Access;

/// <summary>Who may sign in: the users of the settings.</summary>
internal sealed class Accounts
{
    /// <summary>The user whom <see cref="DashboardOptions.Password"/> belongs to.</summary>
    public const string Operator = "ingest";

    private readonly Dictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte[]> _recognized = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lazy<string> _nobodysHash = new(() => HashedPassword.Of(RandomNumberGenerator.GetHexString(32)));

    public Accounts(IOptions<DashboardOptions> options)
    {
        foreach (var (name, hash) in options.Value.Users) _accounts[name] = new Account(name, StampOf(name, hash), new Lazy<string>(hash));
        if (options.Value.Password is { Length: > 0 } password)
            _accounts[Operator] = new Account(Operator, StampOf(Operator, password), new Lazy<string>(() => HashedPassword.Of(password)));
    }

    /// <summary>None: whoever sits at this machine is let in.</summary>
    public bool AreNone => _accounts.Count == 0;

    /// <summary>
    /// The user's name as it is in the settings; null when name or password is wrong. A name that there is not takes as long as one that there is, and a
    /// program that sends its password with every request is known by a cheaper hash, kept in memory, from the second one on.
    /// </summary>
    public string? Recognize(string name, string password)
    {
        var account = _accounts.GetValueOrDefault(name);
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));
        if (account is not null && _recognized.TryGetValue(account.Name, out var known) && CryptographicOperations.FixedTimeEquals(hash, known)) return account.Name;
        if (!HashedPassword.Matches((account?.Hash ?? _nobodysHash).Value, password) || account is null) return null;
        _recognized[account.Name] = hash;
        return account.Name;
    }

    /// <summary>Changes with the user's password, the same on every worker: a session that was begun with another is over. Null when there is no such user.</summary>
    public string? StampOf(string name) => _accounts.GetValueOrDefault(name)?.Stamp;

    private static string StampOf(string name, string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{secret}")));

    private sealed record Account(string Name, string Stamp, Lazy<string> Hash);
}
