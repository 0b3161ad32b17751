using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Hosting;

/// <summary>The pages and the health check (section <c>Dashboard</c>).</summary>
public sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>Where it listens. Default <c>http://localhost:8080</c>. Any other than a loopback address needs a <see cref="Password"/>.</summary>
    [Required]
    public string Url { get; set; } = "http://localhost:8080";

    /// <summary>What the browser asks for (HTTP Basic, user <c>ingest</c>); put TLS in front of it. Default none.</summary>
    public string? Password { get; set; }
}
