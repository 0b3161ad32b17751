using Ingest.Pipeline.Messages;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>Which messages a sink is for. What it is not for is passed over, not kept.</summary>
public sealed class SinkFilter(SinkFilterOptions options)
{
    public static SinkFilter Everything { get; } = new(new SinkFilterOptions());

    public bool Wants(OutboxMessage message) =>
        (options.Languages.Count == 0 || options.Languages.Any(language => IsOf(message.Labels.Language, language)))
        && (options.Feeds.Count == 0 || options.Feeds.Contains(message.Labels.FeedUrl.AbsoluteUri))
        && (options.Tags.Count == 0 || message.Labels.Tags.Any(tag => options.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)))
        && (options.Stories is StoryPolicy.Every || message.Type != ArticleMessage.Duplicate);

    /// <summary>The language itself or a variety of it: <c>pt</c> takes in <c>pt-BR</c> (basic filtering, RFC 4647 section 3.3.1).</summary>
    private static bool IsOf(string? tag, string range) =>
        tag is not null && tag.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (tag.Length == range.Length || tag[range.Length] == '-');
}
