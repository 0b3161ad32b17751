namespace Ingest.Pipeline.Fetching;

/// <summary>One request of a fetch, which makes one for each redirect. What is kept of it can be shown to anybody: no cookie, no authorization.</summary>
/// <param name="Url">Without user name and password.</param>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Took">From the request to the end of the answer, as far as it was read.</param>
/// <param name="Bytes">Of the body as it was read, decompressed.</param>
/// <param name="Remote">The address that the host was last connected at; null when no connection was made.</param>
/// <param name="Headers">Those of the answer that matter, as they came.</param>
public sealed record FetchVisit(string Url, DateTimeOffset At, int? Status, TimeSpan Took, long Bytes, string? Remote, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Of the body as it travelled, still packed.</summary>
    public long WireBytes { get; init; }

    /// <summary>From the request to the end of the answer's headers; null when no answer came.</summary>
    public TimeSpan? AnsweredAfter { get; init; }
}

/// <summary>What an attempt received: the beginning of a body, of bounded length.</summary>
/// <param name="ContentType">The header as it came.</param>
/// <param name="Length">How much was read in all.</param>
public sealed record ReceivedPage(string Url, string? ContentType, DateTimeOffset At, long Length, ReadOnlyMemory<byte> Body)
{
    public bool IsCut => Length > Body.Length;
}
