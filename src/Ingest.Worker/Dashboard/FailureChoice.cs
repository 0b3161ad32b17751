using System.Globalization;
using Ingest.Pipeline.Ports;
using Microsoft.AspNetCore.Http.Extensions;

namespace Ingest.Worker.Dashboard;

/// <summary>The failure page's filter, as its address and its forms carry it.</summary>
internal sealed record FailureChoice(FailureKind? Kind, string? Host)
{
    /// <summary>Null when a field says nothing that can be meant. A host with control characters would break the log's lines.</summary>
    public static FailureChoice? Parse(string? kind, string? host)
    {
        FailureKind? known = null;
        if (!string.IsNullOrEmpty(kind))
        {
            if (!Enum.TryParse<FailureKind>(kind, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed)) return null;
            known = parsed;
        }
        host = host?.Trim();
        if (host is not null && host.Any(char.IsControl)) return null;
        return new FailureChoice(known, string.IsNullOrEmpty(host) ? null : host.ToLowerInvariant());
    }

    public FailureFilter Filter => new() { Kind = Kind, Host = Host };

    public bool IsEverything => Kind is null && Host is null;

    /// <summary>The page's address with this choice, and with the number just re-run.</summary>
    public string Address(int? rerun = null)
    {
        var query = new QueryBuilder();
        if (Kind is { } kind) query.Add("kind", kind.ToString());
        if (Host is { } host) query.Add("host", host);
        if (rerun is { } count) query.Add("rerun", count.ToString(CultureInfo.InvariantCulture));
        return "/failures" + query;
    }
}
