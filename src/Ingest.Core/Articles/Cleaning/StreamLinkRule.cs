using System.Text.RegularExpressions;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Addresses of audio or video streams and the players' labels: a line that is only an address with a port or a playlist's name.</summary>
internal sealed partial class StreamLinkRule() : ResidueRule(ResidueKind.StreamLink, "stream-address")
{
    private const int LongestLabel = 60;
    private static readonly PhraseSet Phrases = PhraseSet.Of("stream-link");

    protected override bool Takes(Draft draft, int at) =>
        draft[at].Length < 200 && draft[at].Kind != ParagraphKind.Preformatted && (Address().IsMatch(AfterLabel(draft[at].Text)) || Phrases.IsWhole(draft[at]) || (draft[at].Length < LongestLabel && Phrases.AfterLabel(draft[at]) is not null) || (!draft[at].IsSentence && draft[at].Length < LongestLabel && Phrases.IsSpreadIn(draft[at])));

    // "Listen live: https://…": a few words without a stop before the address.
    private static string AfterLabel(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var mark ? text.LastIndexOf(' ', mark) + 1 : 0;
        return start is > 0 and <= LongestLabel && text.AsSpan(0, start).IndexOfAny('.', '!', '?') < 0 ? text[start..] : text;
    }

    [GeneratedRegex(@"^\W{0,4}(rtmps?|rtsp|mms|icy)://\S+$|^\W{0,4}https?://([^/\s:]+:\d{2,5}(/\S*)?|\S+\.(m3u8?|pls|aac|mp3|asx|xspf|mpd|ts)(\?\S*)?|[^/\s]*(stream|radio|icecast|shoutcast)[^/\s]*(/\S*)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
