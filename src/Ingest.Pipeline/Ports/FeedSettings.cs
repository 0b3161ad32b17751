using Ingest.Pipeline.Fetching;

namespace Ingest.Pipeline.Ports;

/// <summary>How single feeds want to be asked. Passwords are kept as they are: whoever reads the database can read all it holds.</summary>
public interface IFeedSettings
{
    /// <summary>Null when there is no such feed.</summary>
    Task<FetchSettings?> FindAsync(long feedId, CancellationToken stop);

    /// <summary>False when there is no such feed.</summary>
    Task<bool> SaveAsync(long feedId, FetchSettings settings, CancellationToken stop);
}
