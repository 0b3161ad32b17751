using System.Net.Security;
using RabbitMQ.Client;

namespace Ingest.Delivery.RabbitMq;

/// <summary>A broker's address, with what is ours to decide about connections to it.</summary>
internal static class RabbitMqAddress
{
    /// <summary>Null when it is not an address of a broker.</summary>
    public static ConnectionFactory? TryRead(string address)
    {
        try
        {
            var factory = new ConnectionFactory { Uri = new Uri(address) };
            // The client forgives a certificate of another host unless it is told not to.
            factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
            // The relay tries again by itself: a broken connection is replaced when the next batch comes.
            factory.AutomaticRecoveryEnabled = false;
            factory.RequestedHeartbeat = TimeSpan.FromSeconds(10);
            return factory;
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Host, virtual host and exchange, for a person.</summary>
    public static string Target(RabbitMqOptions options)
    {
        var uri = new Uri(options.Uri!);
        return $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath} {options.Exchange}";
    }
}
