namespace Ingest.Newsroom.Serving;

/// <summary>Which path misbehaves how, and how often still. Thread-safe.</summary>
internal sealed class Misbehaviours
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Misbehaviour How, int Left)> _paths = new(StringComparer.Ordinal);

    public void Set(string path, Misbehaviour how)
    {
        lock (_gate)
        {
            _paths[Address.WithoutTracking(path)] = (how, how.Times);
        }
    }

    public void Heal(string path)
    {
        lock (_gate)
        {
            _paths.Remove(Address.WithoutTracking(path));
        }
    }

    public void HealAll()
    {
        lock (_gate)
        {
            _paths.Clear();
        }
    }

    /// <summary>How this request is to be answered, counted as one time; null when the path is well.</summary>
    public Misbehaviour? Take(string pathAndQuery)
    {
        var path = Address.WithoutTracking(pathAndQuery);
        lock (_gate)
        {
            if (!_paths.TryGetValue(path, out var entry))
            {
                return null;
            }
            if (entry.Left <= 1)
            {
                _paths.Remove(path);
            }
            else if (entry.Left != Misbehaviour.Always)
            {
                _paths[path] = (entry.How, entry.Left - 1);
            }
            return entry.Left > 0 ? entry.How : null;
        }
    }
}
