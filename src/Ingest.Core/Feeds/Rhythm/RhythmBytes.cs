namespace Ingest.Core.Feeds.Rhythm;

/// <summary>A rhythm as some hundred and fifty bytes.</summary>
public static class RhythmBytes
{
    private const byte Version = 1;

    /// <summary>Beyond this a count of sixteen bits is infinite.</summary>
    private const float MostCounted = 60_000;

    public static byte[] Write(PublishingRhythm rhythm)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write(rhythm.AsOf.ToUnixTimeSeconds());
        writer.Write(rhythm.Began.ToUnixTimeSeconds());
        writer.Write(rhythm.Latest?.ToUnixTimeSeconds() ?? long.MinValue);
        foreach (var value in new[] { rhythm.Entries, rhythm.Days, rhythm.Day.Seen, rhythm.Day.Due, rhythm.Hour.Seen, rhythm.Hour.Due, rhythm.ShortGap?.TotalMinutes ?? -1 }) writer.Write((float)value);
        writer.Write(rhythm.Shown);
        writer.Write(Minutes(rhythm.Said.Ttl));
        writer.Write(Minutes(rhythm.Said.UpdateEvery));
        writer.Write(rhythm.Said.SkipHours);
        writer.Write((byte)rhythm.Said.SkipDays);
        foreach (var count in rhythm.Shape.Counts) writer.Write((Half)Math.Min(count, MostCounted));
        return stream.ToArray();
    }

    /// <summary>Null when the bytes are none of ours, or of another version: the rhythm is then learnt anew.</summary>
    public static PublishingRhythm? Read(byte[]? bytes)
    {
        if (bytes is not [Version, ..]) return null;
        using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1));
        try
        {
            return Read(reader);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static PublishingRhythm? Read(BinaryReader reader)
    {
        var (asOf, began, latest) = (DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()), DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()), reader.ReadInt64());
        var values = new float[7];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadSingle();
        var shown = reader.ReadInt32();
        var said = new FeedSchedule(Interval(reader.ReadInt32()), Interval(reader.ReadInt32()), reader.ReadInt32(), reader.ReadByte());
        var counts = new float[RhythmShape.Size];
        for (var i = 0; i < counts.Length; i++) counts[i] = (float)reader.ReadHalf();
        if (!values.All(float.IsFinite) || !counts.All(float.IsFinite) || began > asOf) return null;
        return new PublishingRhythm
        {
            AsOf = asOf,
            Began = began,
            Latest = latest == long.MinValue ? null : DateTimeOffset.FromUnixTimeSeconds(latest),
            Entries = values[0],
            Days = values[1],
            Day = new RecentActivity(values[2], values[3]),
            Hour = new RecentActivity(values[4], values[5]),
            ShortGap = values[6] < 0 ? null : TimeSpan.FromMinutes(values[6]),
            Shown = shown,
            Said = said,
            Shape = new RhythmShape(counts, began, asOf),
        };
    }

    private static int Minutes(TimeSpan? time) => time is { } some ? (int)Math.Min(some.TotalMinutes, int.MaxValue) : -1;

    private static TimeSpan? Interval(int minutes) => minutes < 0 ? null : TimeSpan.FromMinutes(minutes);
}
