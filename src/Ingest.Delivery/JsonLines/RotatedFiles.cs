using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingest.Delivery.JsonLines;

/// <summary>
/// The files that were put aside, beside the file itself: <c>articles-20261122T120000Z-0001.jsonl</c>, with <c>.gz</c> when compressed. The instant is when the
/// file's period began, or, without periods, when it was put aside; the number tells files of one instant apart.
/// </summary>
internal sealed class RotatedFiles(string path)
{
    public const string Compressed = ".gz";

    /// <summary>What is still being compressed; left behind only by a crash.</summary>
    public const string Unfinished = ".gz.part";

    private const string Instant = "yyyyMMdd'T'HHmmss'Z'";

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    private readonly string _stem = Path.GetFileNameWithoutExtension(path);
    private readonly string _extension = Path.GetExtension(path);

    /// <summary>Puts the file aside, in one step: it has either name at any moment.</summary>
    /// <returns>Its new path.</returns>
    public string PutAside(DateTimeOffset at)
    {
        var instant = at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);
        var number = 1;
        // A clock that was set back must not make the newest file look older than another.
        if (Names().LastOrDefault() is { } last && string.CompareOrdinal(last.Instant, instant) >= 0) (instant, number) = (last.Instant, last.Number + 1);
        var aside = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_stem}-{instant}-{number:0000}{_extension}"));
        File.Move(path, aside);
        return aside;
    }

    /// <summary>Without <see cref="Compressed"/>, though they may have it; oldest first.</summary>
    public IReadOnlyList<string> List() =>
        [.. Names().Select(name => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_stem}-{name.Instant}-{name.Number:0000}{_extension}")))];

    private IEnumerable<(string Instant, int Number)> Names()
    {
        var pattern = new Regex($"^{Regex.Escape(_stem)}-([0-9]{{8}}T[0-9]{{6}}Z)-([0-9]{{4,9}}){Regex.Escape(_extension)}({Regex.Escape(Compressed)}|{Regex.Escape(Unfinished)})?$");
        return new DirectoryInfo(_folder).EnumerateFiles().Select(file => pattern.Match(file.Name)).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))).Distinct()
            .OrderBy(name => name.Item1, StringComparer.Ordinal).ThenBy(name => name.Item2);
    }
}
