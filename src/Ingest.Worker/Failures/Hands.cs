using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Failures;

/// <summary>Who acts by hand, as the audit names them.</summary>
internal static class Hands
{
    /// <summary>Where no sign-in is set, the pages answer to this machine only, and whoever sits at it has no name.</summary>
    private const string Unnamed = "local";

    /// <summary>Whoever is signed in.</summary>
    public static ByHand Hand(this HttpContext http, AuditSource from) => new(http.User.Identity?.Name is { Length: > 0 } name ? name : Unnamed, from, http.Connection.RemoteIpAddress?.ToString());

    /// <summary>Whoever is logged in at the terminal.</summary>
    public static ByHand OfTheTerminal() => new(Environment.UserName, AuditSource.Cli, Environment.MachineName);
}
