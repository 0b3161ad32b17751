namespace Ingest.Core.Articles.Metadata;

internal static class Spaces
{
    /// <summary>One space for each run of white space, none at the ends.</summary>
    public static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
