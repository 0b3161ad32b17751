using System.Collections.Frozen;

namespace Ingest.Core.Feeds.Dates;

/// <summary>Words of dates. The names of months are data: <c>months.txt</c>.</summary>
internal static class DateWords
{
    private static readonly FrozenDictionary<string, int> Months = ReadMonths();

    /// <summary>Words between the parts that carry nothing.</summary>
    private static readonly FrozenSet<string> Fillers = Set(
        "t at on of the st nd rd th um à a le de del den d di il o kl klo uhr el y года г р m gada 년 월 일 年 月 日 분 초 分 秒 tháng năm ngày às");

    private static readonly FrozenSet<string> Korean = Set("년 월 일 시 분 초 오전 오후");
    private static readonly FrozenSet<string> Afternoon = Set("pm p 오후 下午 μμ");
    private static readonly FrozenSet<string> Morning = Set("am 오전 上午 πμ");

    public static int? Month(string word) => Months.TryGetValue(word, out var month) ? month : null;

    public static bool IsFiller(string word) => Fillers.Contains(word);

    /// <summary>What stands between an hour and its minutes.</summary>
    public static bool IsHour(string word) => word is ":" or "h" or "時" or "时" or "点" or "點" or "시";

    /// <summary>What stands between minutes and seconds.</summary>
    public static bool IsMinute(string word) => word is ":" or "分" or "분";

    /// <summary>A word of Korean, which is one zone.</summary>
    public static bool IsKorean(string word) => Korean.Contains(word);

    public static bool IsAfternoon(string word) => Afternoon.Contains(word);

    public static bool IsMorning(string word) => Morning.Contains(word);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();

    /// <summary>The lines of <c>months.txt</c> as one table; names that two languages give to different months are left out.</summary>
    private static FrozenDictionary<string, int> ReadMonths()
    {
        using var stream = typeof(DateWords).Assembly.GetManifestResourceStream("Ingest.Core.Feeds.Dates.months.txt")
            ?? throw new InvalidOperationException("The names of the months are not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('|').SelectMany((names, i) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => (name, month: i + 1))))
            .Distinct()
            .GroupBy(entry => entry.name, entry => entry.month)
            .Where(months => months.Count() == 1)
            .ToFrozenDictionary(months => months.Key, months => months.Single());
    }
}
