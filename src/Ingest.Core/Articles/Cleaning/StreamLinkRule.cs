using System.Text.RegularExpressions;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Addresses of audio or video streams and the players' labels: a line that is only an address with a port or a playlist's name.</summary>
internal sealed partial class StreamLinkRule() : ResidueRule(ResidueKind.StreamLink, "stream-address")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("stream-link");

    protected override bool Takes(Draft draft, int at) =>
        draft[at].Text.Length < 200 && (Address().IsMatch(draft[at].Text) || Phrases.IsWhole(draft[at].Words));

    [GeneratedRegex(@"^\W{0,4}(rtmps?|rtsp|mms|icy)://\S+$|^\W{0,4}https?://([^/\s:]+:\d{2,5}(/\S*)?|\S+\.(m3u8?|pls|aac|mp3|asx|xspf|mpd|ts)(\?\S*)?|[^/\s]*(stream|radio|icecast|shoutcast)[^/\s]*(/\S*)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
