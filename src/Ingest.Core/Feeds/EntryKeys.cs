using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ingest.Core.Feeds;

/// <summary>Gives each entry what tells it from the others of its document: its id, else its link, else a hash of its texts, whichever only one entry has.</summary>
internal static class EntryKeys
{
    public static IReadOnlyList<ParsedEntry> Of(List<ParsedEntry> entries, ProblemLog problems)
    {
        var (ids, twice) = (new HashSet<string>(entries.Count), new HashSet<string>());
        foreach (var entry in entries)
        {
            if (entry.Id is { } id && !ids.Add(id))
            {
                twice.Add(id);
            }
        }

        return twice.Count == 0 && ids.Count == entries.Count ? entries : Keyed(entries, twice, problems);
    }

    private static List<ParsedEntry> Keyed(List<ParsedEntry> entries, HashSet<string> twice, ProblemLog problems)
    {
        var pages = entries.Where(entry => entry.Page is not null).CountBy(entry => entry.Page!.AbsoluteUri).Where(page => page.Value == 1).Select(page => page.Key).ToHashSet();
        var keyed = new List<ParsedEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.Id is { } id && !twice.Contains(id))
            {
                keyed.Add(entry);
                continue;
            }

            var link = entry.Page is { } page && pages.Contains(page.AbsoluteUri) ? page.AbsoluteUri : null;
            if (entry.Id is not null || link is null)
            {
                problems.Note(entry.Id is null ? FeedProblemKind.MissingId : FeedProblemKind.DuplicateId, keyed.Count);
            }

            keyed.Add(entry with { Key = link ?? Hash(entry) });
        }

        return keyed;
    }

    private static string Hash(ParsedEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] texts =
        [
            entry.TitleForm?.Raw, entry.SummaryForm?.Raw, entry.ContentForm?.Raw, entry.Page?.AbsoluteUri, entry.Published?.UtcTicks.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var text in texts)
        {
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
