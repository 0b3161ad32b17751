using System.Text.RegularExpressions;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds;

/// <summary>
/// Titles that were escaped once more than their format asks for: "AT&amp;amp;T" is what a reader would see. Only references that nobody shows on purpose are
/// unescaped, so that a title about &amp;lt;b&amp;gt; stays one.
/// </summary>
internal static partial class DoubleEscape
{
    public static string Mend(string title) =>
        title.Contains('&', StringComparison.Ordinal) && Reference().IsMatch(title) ? Reference().Replace(title, match => XmlReferences.Decode(match.Value)) : title;

    [GeneratedRegex("&(?:#[0-9]{2,5}|#x[0-9a-fA-F]{2,4}|amp|quot|apos|nbsp|[lr]squo|[lr]dquo|hellip|[nm]dash|eacute|uuml|auml|ouml|szlig);")]
    private static partial Regex Reference();
}
