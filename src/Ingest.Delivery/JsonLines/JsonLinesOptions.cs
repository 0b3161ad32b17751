using System.ComponentModel.DataAnnotations;
using Ingest.Pipeline.Options;

namespace Ingest.Delivery.JsonLines;

/// <summary>A JSON Lines file (section <c>Sinks:JsonLines:NAME</c>).</summary>
public sealed class JsonLinesOptions : SinkOptions
{
    /// <summary>The file; a relative path counts from the data folder. Default <c>articles.jsonl</c>.</summary>
    [Required]
    public string Path { get; set; } = "articles.jsonl";

    /// <summary>Bytes at which the file is put aside and a new one begun; it grows over them by less than one batch. Default null: never.</summary>
    [Range(1, long.MaxValue)]
    public long? RotateBytes { get; set; }

    /// <summary>
    /// How long a file is written before it is put aside, counted from midnight UTC: <c>01:00:00</c> begins one every full hour. A quiet file is put aside when
    /// the next message comes. Default null: never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00")]
    public TimeSpan? RotateEvery { get; set; }

    /// <summary>Compresses files that were put aside with gzip, all but the newest: its end is read after a crash. Default false.</summary>
    public bool Compress { get; set; }

    /// <summary>How many files that were put aside are kept; older ones are deleted. Default null: all.</summary>
    [Range(1, 1_000_000)]
    public int? KeepFiles { get; set; }

    /// <summary>When the disk must have what was written. Default <c>EveryBatch</c>.</summary>
    public SyncPolicy Sync { get; set; } = SyncPolicy.EveryBatch;
}

public enum SyncPolicy
{
    /// <summary>Before a batch counts as delivered: it survives a power cut.</summary>
    EveryBatch,

    /// <summary>When the system likes, and when the file is put aside: a power cut loses what was written last; the end of this process loses nothing.</summary>
    Never,
}
