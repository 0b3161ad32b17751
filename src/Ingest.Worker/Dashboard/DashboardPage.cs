using Microsoft.AspNetCore.Components;

namespace Ingest.Worker.Dashboard;

/// <summary>What every page has: its request. Pages are rendered once, on the server; nothing of them lives on.</summary>
public abstract class DashboardPage : ComponentBase
{
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    protected CancellationToken Stop => Http.RequestAborted;

    /// <summary>Says that what the address names is not there; the visitor sees <see cref="ErrorDocument"/>.</summary>
    protected void NotFound() => Http.Response.StatusCode = StatusCodes.Status404NotFound;

    /// <summary>A field of the query; null when absent or empty.</summary>
    protected string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}
