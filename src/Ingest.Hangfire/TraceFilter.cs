using System.Diagnostics;
using Hangfire.Client;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace Ingest.Hangfire;

/// <summary>Carries the trace from where a job was enqueued to where it runs, and names job and trace in everything that is logged meanwhile.</summary>
internal sealed class TraceFilter(ILogger<Dispatcher> logger) : IClientFilter, IServerFilter
{
    private const string Parameter = "traceparent";
    private const string Item = "ingest.trace";

    private static readonly ActivitySource Source = new("Ingest.Hangfire");

    public void OnCreating(CreatingContext context)
    {
        if (Activity.Current?.Id is { } trace) context.SetJobParameter(Parameter, trace);
    }

    public void OnCreated(CreatedContext context)
    {
    }

    public void OnPerforming(PerformingContext context)
    {
        var job = context.BackgroundJob;
        ActivityContext.TryParse(context.GetJobParameter<string>(Parameter), null, isRemote: true, out var parent);
        // Without a listener the source starts none, and the logs and the failure list would have no trace id.
        var activity = Source.StartActivity(job.Job.Method.Name, ActivityKind.Consumer, parent) ?? Unheard(job.Job.Method.Name, parent);
        var scope = logger.BeginScope(new Dictionary<string, object> { ["HangfireJob"] = job.Id, ["TraceId"] = activity.TraceId.ToHexString() });
        context.Items[Item] = new Trace(activity, scope);
    }

    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.TryGetValue(Item, out var trace)) ((Trace)trace).Dispose();
    }

    private static Activity Unheard(string name, ActivityContext parent)
    {
        var activity = new Activity(name);
        if (parent != default) activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.Start();
    }

    private sealed record Trace(Activity Activity, IDisposable? Scope) : IDisposable
    {
        public void Dispose()
        {
            Scope?.Dispose();
            Activity.Dispose();
        }
    }
}
