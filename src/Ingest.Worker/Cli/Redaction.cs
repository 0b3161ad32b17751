using Ingest.Storage;
using Ingest.Worker.Hosting;
using Npgsql;

namespace Ingest.Worker.Cli;

/// <summary>Takes out of a setting's value what nobody should read over a shoulder or in a support case.</summary>
internal static class Redaction
{
    public const string Masked = "***";

    private static readonly string[] Secrets = ["Password", "Secret", "Secrets", "Key"];

    private const string Users = $"{DashboardOptions.Section}:{nameof(DashboardOptions.Users)}:";

    /// <summary>Nothing of it may be shown.</summary>
    public static bool IsSecret(string name) =>
        Secrets.Any(secret => name.EndsWith(secret, StringComparison.OrdinalIgnoreCase)) || name.StartsWith(Users, StringComparison.OrdinalIgnoreCase);

    /// <summary>A connection string without its passwords, an address without its user and its query, anything else as it is.</summary>
    public static string Of(string name, string text)
    {
        if (text.Length > 0 && name.EndsWith($":{nameof(StorageOptions.ConnectionString)}", StringComparison.OrdinalIgnoreCase)) return WithoutPassword(text);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && text.Contains("://", StringComparison.Ordinal) ? WithoutUser(text, address) : text;
    }

    // The setting is shown as it was read; one that cannot be read may be a password altogether.
    private static string WithoutPassword(string connection) => StorageOptions.TryRead(connection, out _) is { } read ? Mask(read) : Masked;

    private static string Mask(NpgsqlConnectionStringBuilder connection)
    {
        if (connection.Password is not null) connection.Password = Masked;
        if (connection.SslPassword is not null) connection.SslPassword = Masked;
        return connection.ConnectionString;
    }

    private static string WithoutUser(string text, Uri address)
    {
        var user = address.UserInfo.Length > 0 ? $"{Masked}@" : "";
        return user.Length == 0 && address.Query.Length == 0 ? text : $"{address.Scheme}://{user}{address.Authority}{address.AbsolutePath}{(address.Query.Length > 0 ? $"?{Masked}" : "")}";
    }
}
