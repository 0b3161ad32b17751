using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ingest.Worker.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.IntegrationTests.Dashboard;

public sealed class SignInTests
{
    [Theory]
    [InlineData("nobody", null, HttpStatusCode.Unauthorized)]
    [InlineData("another scheme", "Bearer abc", HttpStatusCode.Unauthorized)]
    [InlineData("not base64", "Basic ???", HttpStatusCode.Unauthorized)]
    [InlineData("the wrong password", "Basic ingest:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("another user", "Basic root:hunter2", HttpStatusCode.Unauthorized)]
    [InlineData("who knows it", "Basic ingest:hunter2", HttpStatusCode.OK)]
    public async Task A_password_is_asked_for_where_one_is_set(string reason, string? credentials, HttpStatusCode expected)
    {
        await using var app = await StartAsync("hunter2");
        Assert.True(expected == await GetAsync(app, "/", credentials), reason);
    }

    [Fact]
    public async Task The_health_check_needs_no_password()
    {
        await using var app = await StartAsync("hunter2");
        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "/health", null));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Without_a_password_only_this_machines_names_are_answered(string host, HttpStatusCode expected)
    {
        await using var app = await StartAsync(null);
        Assert.Equal(expected, await GetAsync(app, "/", null, host));
    }

    private static async Task<WebApplication> StartAsync(string? password)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(Options.Create(new DashboardOptions { Password = password })).AddSignIn();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseSignIn();
        app.MapGet("/{*path}", () => "inside");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<HttpStatusCode> GetAsync(WebApplication app, string path, string? credentials, string? host = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First() + path);
        if (host is not null) request.Headers.Host = host;
        if (credentials is ['B', 'a', 's', 'i', 'c', ' ', .. var pair] && pair.Contains(':', StringComparison.Ordinal))
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        else if (credentials is not null) request.Headers.TryAddWithoutValidation("Authorization", credentials);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
