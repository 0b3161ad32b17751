namespace Ingest.Pipeline.Fetching;

/// <summary>What to fetch. The validators make it a conditional GET.</summary>
public sealed record FetchRequest(Uri Url, string Accept)
{
    public string? ETag { get; init; }
    public string? LastModified { get; init; }

    /// <summary>How its feed wants to be asked.</summary>
    public FetchSettings Settings { get; init; } = FetchSettings.None;

    /// <summary>The settings' headers and password go to this address's origin and nowhere else; null: to <see cref="Url"/>'s.</summary>
    public Uri? SecretsFor { get; init; }

    /// <summary>Whether the host's robots.txt is asked first, at every hop.</summary>
    public bool ObeysRobots { get; init; }

    /// <summary>A longer body is cut here instead of being refused; null: the limit of the options, which refuses.</summary>
    public int? CutAt { get; init; }
}

/// <summary>How one feed wants to be asked, where that differs from all others. Null means as the options say.</summary>
public sealed record FetchSettings
{
    public static readonly FetchSettings None = new();

    /// <summary>Sent on top, to the feed's own origin only: they may be secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>For HTTP Basic, to the feed's own origin only.</summary>
    public string? User { get; init; }
    public string? Password { get; init; }
    public string? UserAgent { get; init; }
    public Uri? Proxy { get; init; }

    /// <summary>The publisher agreed, or the site is one's own: robots.txt is not asked for this feed's pages.</summary>
    public bool IgnoresRobots { get; init; }

    /// <summary>What is wrong with a proxy's address, for a person.</summary>
    public const string NoProxy = "it reads like http://proxy.example:3128, https://… or socks5://…";

    public static bool IsProxy(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" or "socks4" or "socks4a" or "socks5", Host.Length: > 0 };

    /// <summary>For a person, without secrets.</summary>
    public string Words()
    {
        List<string> words = [];
        if (User is not null) words.Add($"as {User}");
        if (Headers.Count > 0) words.Add($"with {string.Join(", ", Headers.Keys)}");
        if (UserAgent is not null) words.Add($"by the name '{UserAgent}'");
        if (Proxy is not null) words.Add($"through {Proxy.Authority}");
        if (IgnoresRobots) words.Add("whatever robots.txt says");
        return words.Count == 0 ? "like all others" : string.Join("; ", words);
    }

    /// <summary>There is something that must not reach another origin.</summary>
    public bool HasSecrets => User is not null || Headers.Count > 0;
}
