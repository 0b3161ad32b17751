using Ingest.Delivery.Webhook;

namespace Ingest.IntegrationTests.Delivery;

public sealed class WebhookOptionsTests
{
    // Computed with openssl: echo -n 'msg_7.1793534400.{"a":"ü"}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64
    [Fact]
    public void The_signature_is_that_of_another_implementation()
    {
        var signature = new WebhookSignature([$"whsec_{Convert.ToBase64String("0123456789abcdef01234567"u8)}"]);
        Assert.Equal("v1,SbglHErBthxcB0SN1PCdXbROZcRKqG/COKIWD4F0hRI=", signature.Of("msg_7", 1793534400, """{"a":"ü"}"""u8));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_no_secret_is_told()
    {
        var options = new WebhookOptions
        {
            Url = new Uri("ftp://example.org/"),
            StartFrom = "yesterday",
            Secrets = { "whsec_hunter2!", $"whsec_{Convert.ToBase64String(new byte[23])}", $"whsec_{Convert.ToBase64String(new byte[65])}", Convert.ToBase64String(new byte[24]) },
            AllowedAddresses = { "localhost" },
        };
        var errors = options.Errors().ToList();
        Assert.Equal(["StartFrom", "Url", "Secrets:0", "Secrets:1", "Secrets:2", "Secrets:3", "AllowedAddresses"], errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.DoesNotContain(errors, error => error.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("relative", "hooks")]
    [InlineData("with a name and password", "https://user:pass@example.org/")]
    public void An_address_that_cannot_be_posted_to_is_an_error(string reason, string url)
    {
        var options = new WebhookOptions { Url = new Uri(url, UriKind.RelativeOrAbsolute), Secrets = { $"whsec_{Convert.ToBase64String(new byte[24])}" } };
        Assert.True(options.Errors().Single().StartsWith("Url: ", StringComparison.Ordinal), reason);
    }

    [Fact]
    public void Without_a_secret_nothing_is_sent() =>
        Assert.Equal("Secrets: at least one is needed", new WebhookOptions { Url = new Uri("https://example.org/") }.Errors().Single());
}
