namespace Ingest.Core.Articles.Metadata;

/// <summary>The day in an address: <c>/2021/03/15/</c>, <c>/2021-03-15-title</c>, <c>/20210315/</c>. A month alone is no date.</summary>
internal static class UrlDates
{
    public static DateTimeOffset? Find(Uri? address)
    {
        if (address is null)
            return null;
        var path = address.AbsolutePath.AsSpan();
        for (var at = 0; at + 8 < path.Length; at++)
            if (path[at] is '/' or '-' or '_' && !char.IsAsciiDigit(path[at]) && DayAt(path[(at + 1)..]) is { } day)
                return day;
        return null;
    }

    private static DateTimeOffset? DayAt(ReadOnlySpan<char> path)
    {
        if (Number(path, 0, 4) is not { } year)
            return null;
        var apart = path.Length > 4 && path[4] is '/' or '-' or '_';
        var step = apart ? 1 : 0;
        var month = Number(path, 4 + step, 2);
        var day = Number(path, 6 + 2 * step, 2);
        var end = 8 + 2 * step;
        if (month is null || day is null || (apart && path[7] != path[4]) || (path.Length > end && char.IsAsciiLetterOrDigit(path[end])))
            return null;
        return year is >= 1990 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month.Value)
            ? new DateTimeOffset(year, month.Value, day.Value, 0, 0, 0, TimeSpan.Zero)
            : null;
    }

    private static int? Number(ReadOnlySpan<char> path, int at, int digits)
    {
        if (at + digits > path.Length)
            return null;
        var value = 0;
        foreach (var c in path.Slice(at, digits))
        {
            if (!char.IsAsciiDigit(c))
                return null;
            value = 10 * value + c - '0';
        }
        return value;
    }
}
