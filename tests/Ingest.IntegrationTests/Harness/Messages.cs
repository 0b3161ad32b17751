using System.Text;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Harness;

/// <summary>Messages as the outbox would hold them, told apart by a number.</summary>
internal static class Messages
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Uri Feed = new("https://example.org/feed.xml");

    public static OutboxMessage Number(int number, string padding = "") => new(
        number, $"m{number}", "ingest.article.created", Now, new MessageLabels(1, Feed, "de", ["harbour"]),
        Encoding.UTF8.GetBytes($$"""{"id":"m{{number}}","data":"grüße{{padding}} {{number}}"}"""));
}
