namespace Ingest.UnitTests.House;

public sealed class DockerfileTests
{
    [Fact]
    public void The_layer_of_packages_has_every_project_file_and_its_lock_file()
    {
        var dockerfile = File.ReadAllText(Path.Combine(RepositoryFolders.Root, "Dockerfile"));
        foreach (var project in Directory.GetDirectories(Path.Combine(RepositoryFolders.Root, "src"), "Ingest.*").Select(Path.GetFileName))
            Assert.Contains($"COPY src/{project}/{project}.csproj src/{project}/packages.lock.json src/{project}/\n", dockerfile, StringComparison.Ordinal);
    }
}
