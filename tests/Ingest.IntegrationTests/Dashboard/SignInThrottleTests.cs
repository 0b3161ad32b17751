using System.Globalization;
using System.Net;
using Ingest.Worker.Access;

namespace Ingest.IntegrationTests.Dashboard;

public sealed class SignInThrottleTests
{
    private readonly Stopwatch _clock = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(_clock);

    [Fact]
    public void After_twenty_attempts_an_address_has_one_in_half_a_minute()
    {
        var address = IPAddress.Parse("203.0.113.7");
        Assert.Equal(20, Attempts(address));
        _clock.Elapsed += TimeSpan.FromSeconds(29);
        Assert.Equal(TimeSpan.FromSeconds(1), _throttle.Refuse(address));
        _clock.Elapsed += TimeSpan.FromSeconds(1);
        Assert.Equal(1, Attempts(address));
        _clock.Elapsed += TimeSpan.FromHours(1);
        Assert.Equal(20, Attempts(address));
    }

    [Fact]
    public void Right_attempts_do_not_count()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            Assert.Null(_throttle.Refuse(IPAddress.Loopback));
            _throttle.Return(IPAddress.Loopback);
        }
        Assert.Equal(20, Attempts(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("a customer's network", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("another's", "2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("an IPv4 address as IPv6", "203.0.113.7", "::ffff:203.0.113.7", false)]
    public void Addresses_of_one_customer_are_one(string reason, string one, string other, bool isFree)
    {
        Attempts(IPAddress.Parse(one));
        Assert.True(isFree == (_throttle.Refuse(IPAddress.Parse(other)) is null), reason);
    }

    [Fact]
    public void All_addresses_together_have_a_hundred_attempts_and_then_one_a_second()
    {
        Assert.Equal(100, Enumerable.Range(0, 250).Count(number => _throttle.Refuse(Address(number)) is null));
        _clock.Elapsed += TimeSpan.FromSeconds(10);
        Assert.Equal(10, Enumerable.Range(0, 250).Count(number => _throttle.Refuse(Address(number)) is null));
    }

    private int Attempts(IPAddress address) => Enumerable.Range(0, 100).TakeWhile(_ => _throttle.Refuse(address) is null).Count();

    private static IPAddress Address(int number) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"198.51.100.{number}"));

    /// <summary>A clock whose time passes when a test says so.</summary>
    private sealed class Stopwatch : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
