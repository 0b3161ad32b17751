using System.Net.Security;
using Ingest.Delivery.RabbitMq;

namespace Ingest.IntegrationTests.Delivery;

public sealed class RabbitMqOptionsTests
{
    [Theory]
    [InlineData("nonsense", "broker.example.org")]
    [InlineData("another protocol", "http://user:hunter2@broker.example.org/")]
    [InlineData("two virtual hosts", "amqp://user:hunter2@broker.example.org/a/b")]
    [InlineData("a colon that had to be escaped", "amqp://user:hunter2:more@broker.example.org/")]
    public void An_address_that_is_none_is_an_error_that_does_not_tell_it(string reason, string uri)
    {
        var error = Assert.Single(new RabbitMqOptions { Uri = uri }.Errors());
        Assert.True(error.StartsWith("Uri: ", StringComparison.Ordinal) && !error.Contains("hunter2", StringComparison.Ordinal), reason);
    }

    [Fact]
    public void A_certificate_of_another_host_is_not_forgiven()
    {
        var ssl = RabbitMqAddress.TryRead("amqps://user:pass@broker.example.org/news")!.Ssl;
        Assert.Equal((true, "broker.example.org", SslPolicyErrors.None), (ssl.Enabled, ssl.ServerName, ssl.AcceptablePolicyErrors));
    }

    [Fact]
    public void The_target_shows_where_and_no_password() =>
        Assert.Equal(
            "amqps://broker.example.org:5671/news ingest.articles", RabbitMqAddress.Target(new RabbitMqOptions { Uri = "amqps://user:hunter2@broker.example.org:5671/news" }));
}
