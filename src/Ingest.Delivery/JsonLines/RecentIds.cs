namespace Ingest.Delivery.JsonLines;

/// <summary>The ids of the messages that were written last, so many and no more.</summary>
internal sealed class RecentIds(int most)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Contains(string id) => _ids.Contains(id);

    public void Add(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (!_ids.Add(id)) continue;
            _order.Enqueue(id);
            if (_order.Count > most) _ids.Remove(_order.Dequeue());
        }
    }

    public void Clear()
    {
        _ids.Clear();
        _order.Clear();
    }
}
