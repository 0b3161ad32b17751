using System.Globalization;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;
using Ingest.Worker.Failures;
using Microsoft.AspNetCore.Http.Extensions;

namespace Ingest.Worker.Dashboard;

/// <summary>
/// Which failures a form means: <see cref="Only"/> one, with the list's filter beside it to lead back to, or all that match the filter. The fields are the
/// words of the filter.
/// </summary>
internal sealed record FailureForm
{
    public string? Only { get; init; }
    public string? Id { get; init; }
    public string? Job { get; init; }
    public string? Target { get; init; }
    public string? Host { get; init; }
    public string? Feed { get; init; }
    public string? Kind { get; init; }
    public string? Status { get; init; }
    public string? Error { get; init; }
    public string? Since { get; init; }
    public string? Until { get; init; }
    public string? Action { get; init; }

    /// <summary>Must be said where nothing narrows the choice: a form that lost its fields chooses nothing.</summary>
    public string? All { get; init; }
    public string? Rate { get; init; }

    /// <summary>Null when the fields say nothing that can be meant.</summary>
    public FailureFilter? Chosen(DateTimeOffset now)
    {
        if (Only is { Length: > 0 } only) return FailureQuery.TryParse(word => word == FailureWords.Id ? only : null, now) is { Ids.Count: 1 } one ? one : null;
        return FailureQuery.TryParse(Word, now) is { } filter && (!filter.IsEverything() || All is { Length: > 0 }) ? filter : null;
    }

    public bool TryRate(out double? perSecond)
    {
        try
        {
            perSecond = FailureQuery.Rate(Rate);
            return true;
        }
        catch (UserErrorException)
        {
            perSecond = null;
            return false;
        }
    }

    /// <summary>After one, the list as it was; after many, how far it is.</summary>
    public string LeadsBackTo(FailureAction action, DateTimeOffset now) => Only is { Length: > 0 }
        ? FailureAddress.List(FailureQuery.TryParse(Word, now) ?? new FailureFilter(), ("done", action.Id.ToString(CultureInfo.InvariantCulture)))
        : FailureAddress.Of(action);

    private string? Word(string word) => word switch
    {
        FailureWords.Id => Id,
        FailureWords.Job => Job,
        FailureWords.Target => Target,
        FailureWords.Host => Host,
        FailureWords.Feed => Feed,
        FailureWords.Kind => Kind,
        FailureWords.Status => Status,
        FailureWords.Error => Error,
        FailureWords.Since => Since,
        FailureWords.Until => Until,
        FailureWords.Action => Action,
        _ => null,
    };
}

/// <summary>Where failures are shown.</summary>
internal static class FailureAddress
{
    public static string List(FailureFilter filter, params (string Name, string Value)[] further) => Of("/failures", filter, further);

    public static string Confirm(string verb, FailureFilter filter) => Of("/failures/confirm", filter, [("verb", verb)]);

    public static string Of(FailureItem failure) => string.Create(CultureInfo.InvariantCulture, $"/failures/{failure.Id}");

    public static string Of(FailureAction action) => string.Create(CultureInfo.InvariantCulture, $"/failures/actions/{action.Id}");

    private static string Of(string path, FailureFilter filter, (string Name, string Value)[] further)
    {
        var query = new QueryBuilder(filter.Words());
        foreach (var (name, value) in further) query.Add(name, value);
        return path + query;
    }
}
