using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage;

/// <summary>The keys that all workers of a database share. They are added and read, never changed.</summary>
public sealed class KeyStore
{
    private readonly Database _database;

    internal KeyStore(Database database) => _database = database;

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken stop) =>
        _database.ReadAsync<IReadOnlyList<string>>(async context => await context.Keys.Select(row => row.Xml).ToListAsync(stop), stop);

    public Task AddAsync(string name, string xml, CancellationToken stop) => _database.WriteAsync(async context =>
    {
        // It may come twice: what was committed before the connection broke is tried again.
        if (await context.Keys.AnyAsync(row => row.Name == name, stop)) return;
        context.Keys.Add(new KeyRow { Name = name, Xml = xml });
        await context.SaveChangesAsync(stop);
    }, stop);
}
