namespace Ingest.Newsroom;

/// <summary>A request that was answered. <paramref name="Path"/> includes the query. A connection that the client broke off is logged with what was to be sent.</summary>
public sealed record NewsroomRequest(
    string Method, string Path, int Status, string? IfNoneMatch, string? IfModifiedSince, string? UserAgent, DateTimeOffset At);
