using System.Globalization;

namespace Ingest.Benchmarks;

/// <summary>The value of <c>--seeds</c>.</summary>
internal static class Seeds
{
    public static IReadOnlyList<int> Of(string? option, int usual) => option is null ? [usual] : [.. option.Split(',').Select(seed => int.TryParse(seed, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidOperationException($"--seeds wants numbers with commas between them, not '{option}'"))];
}
