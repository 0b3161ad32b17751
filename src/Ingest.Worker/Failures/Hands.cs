using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Failures;

/// <summary>Who acts by hand, as the audit names them.</summary>
internal static class Hands
{
    /// <summary>Whoever is signed in; where no sign-in is set, that is <c>local</c>.</summary>
    public static ByHand Hand(this HttpContext http, AuditSource from) => new(http.User.Identity?.Name ?? "", from, http.Connection.RemoteIpAddress?.ToString());

    /// <summary>Whoever is logged in at the terminal.</summary>
    public static ByHand OfTheTerminal() => new(Environment.UserName, AuditSource.Cli, Environment.MachineName);
}
