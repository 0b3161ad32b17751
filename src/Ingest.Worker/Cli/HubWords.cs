using System.Globalization;
using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Cli;

/// <summary>A subscription at a hub in a line for a person.</summary>
internal static class HubWords
{
    public static string Of(PushSummary push) => push switch
    {
        { State: PushState.Active, LeaseUntil: { } until, Relied: true } => string.Create(CultureInfo.InvariantCulture, $"hub {push.Hub} until {until:yyyy-MM-dd HH:mm} UTC, last at {push.PushedAt:yyyy-MM-dd HH:mm}"),
        { State: PushState.Active, LeaseUntil: { } until } => string.Create(CultureInfo.InvariantCulture, $"hub {push.Hub} until {until:yyyy-MM-dd HH:mm} UTC, which has brought nothing lately; polled as well"),
        { State: PushState.Wanted, Error: null } => $"hub {push.Hub}, not confirmed yet",
        { Error: { } error } => $"hub {push.Hub} not: {error}",
        _ => $"hub {push.Hub} not",
    };
}
