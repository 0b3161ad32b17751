using System.Net;
using System.Text.RegularExpressions;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>Somebody at the pages: keeps cookies as a browser does, shows redirects instead of following them, and sends forms with their token.</summary>
internal sealed partial class Visitor(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address) };

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>Sends a form with the token of the page it is on.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await PostAsync(action, [("__RequestVerificationToken", await TokenAsync(page)), .. fields]);

    public Task<HttpResponseMessage> PostAsync(string action, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    public async Task<string> TokenAsync(string page)
    {
        using var answer = await GetAsync(page);
        return Token().Match(await answer.Content.ReadAsStringAsync(Stop)).Groups[1].Value;
    }

    public Task<HttpResponseMessage> SignInAsync(string password, string name = "ingest", string to = "/") =>
        PostAsync("/sign-in", "/sign-in", ("name", name), ("password", password), ("to", to));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
            var answer = await _http.SendAsync(request, Stop);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var pair in set.Select(cookie => cookie.Split(';')[0].Split('=', 2))) Cookies[pair[0]] = pair[1];
            }
            return answer;
        }
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
