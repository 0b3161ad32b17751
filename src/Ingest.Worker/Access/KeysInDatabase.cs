using System.Xml.Linq;
using Ingest.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Ingest.Worker.Access;

/// <summary>
/// The keys of sessions and of forms' tokens, in the database: every worker behind one address can read what another has written, and a restart signs
/// nobody out. They are not encrypted there, and what protects them is what protects the database: whoever reads it could as well read everything else.
/// </summary>
internal sealed class KeysInDatabase(KeyStore keys) : IXmlRepository
{
    // The framework asks at start and once a day, and cannot wait but like this.
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.ListAsync(CancellationToken.None).GetAwaiter().GetResult().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.AddAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None).GetAwaiter().GetResult();
}

internal static class KeysSetup
{
    public static IServiceCollection AddKeysInDatabase(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ingest");
        services.AddOptions<KeyManagementOptions>().Configure<KeyStore>((options, keys) => options.XmlRepository = new KeysInDatabase(keys));
        return services;
    }
}
