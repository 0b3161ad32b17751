using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Hosting;

/// <summary>The pages, the API and the health check (section <c>Dashboard</c>).</summary>
public sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>Where it listens. Default <c>http://localhost:8080</c>. Any other than a loopback address needs a <see cref="Password"/> or <see cref="Users"/>.</summary>
    [Required]
    public string Url { get; set; } = "http://localhost:8080";

    /// <summary>The password of the user <c>ingest</c>, for an installation with one. Default none: only this machine's browsers are answered, by its local names.</summary>
    public string? Password { get; set; }

    /// <summary>Further users by name, each with what <c>ingest config hash-password</c> makes of a password. Default none.</summary>
    public IDictionary<string, string> Users { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a browser that asks for nothing stays signed in; each request begins it anew, up to seven days from signing in. Default 12 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan SessionTime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Proxies in front, as addresses or networks (<c>10.0.0.7</c>, <c>172.18.0.0/16</c>): only they are believed who a request comes from and that it came by
    /// TLS (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>). Default none: such headers mean nothing.
    /// </summary>
    public IList<string> Proxies { get; } = [];
}
