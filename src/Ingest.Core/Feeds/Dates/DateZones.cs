using System.Collections.Frozen;

namespace Ingest.Core.Feeds.Dates;

/// <summary>Names of time zones. An abbreviation that several zones share (IST) is left out: its instant would be a guess.</summary>
internal static class DateZones
{
    /// <summary>Fixed offsets, in minutes. North America's are RFC 822's; a summer name means summer time whatever the season.</summary>
    private static readonly FrozenDictionary<string, int> Minutes = new (string Name, int Minutes)[]
    {
        ("z", 0), ("ut", 0), ("utc", 0), ("gmt", 0), ("wet", 0),
        ("nst", -210), ("ndt", -150), ("ast", -240), ("adt", -180),
        ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300),
        ("mst", -420), ("mdt", -360), ("pst", -480), ("pdt", -420),
        ("akst", -540), ("akdt", -480), ("hst", -600),
        ("brt", -180), ("brst", -120), ("art", -180), ("clt", -240), ("clst", -180),
        ("bst", 60), ("west", 60), ("cet", 60), ("cest", 120), ("met", 60), ("mest", 120), ("mez", 60), ("mesz", 120),
        ("eet", 120), ("eest", 180), ("sast", 120), ("wat", 60), ("eat", 180), ("msk", 180), ("msd", 240),
        ("pkt", 300), ("wib", 420), ("ict", 420), ("hkt", 480), ("sgt", 480), ("awst", 480), ("jst", 540), ("kst", 540),
        ("acst", 570), ("acdt", 630), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
    }.ToFrozenDictionary(zone => zone.Name, zone => zone.Minutes);

    /// <summary>American names without a season: the offset follows the date.</summary>
    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>
    {
        ["et"] = "America/New_York",
        ["ct"] = "America/Chicago",
        ["mt"] = "America/Denver",
        ["pt"] = "America/Los_Angeles",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> NorthAmerican = "est edt cst cdt mst mdt pst pdt akst akdt et ct mt pt".Split(' ').ToFrozenSet();

    public static bool IsKnown(string name) => Minutes.ContainsKey(name) || Places.ContainsKey(name);

    public static bool IsNorthAmerican(string? name) => name is not null && NorthAmerican.Contains(name);

    /// <summary>The offset of a zone at a local time; null when the zone is unknown, here or to the system.</summary>
    public static TimeSpan? Offset(string name, DateTime local)
    {
        if (Minutes.TryGetValue(name, out var minutes))
        {
            return TimeSpan.FromMinutes(minutes);
        }

        var slash = name.LastIndexOf('/');
        if (slash >= 0 && Minutes.TryGetValue(name[(slash + 1)..], out minutes))
        {
            return TimeSpan.FromMinutes(minutes);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(Places.GetValueOrDefault(name, TitleCase(name)), out var zone) ? zone.GetUtcOffset(local) : null;
    }

    /// <summary>The tz database's spelling: "america/new_york" is "America/New_York".</summary>
    private static string TitleCase(string name) =>
        string.Create(name.Length, name, static (output, input) =>
        {
            for (var i = 0; i < input.Length; i++)
            {
                output[i] = i == 0 || input[i - 1] is '/' or '_' ? char.ToUpperInvariant(input[i]) : input[i];
            }
        });
}
