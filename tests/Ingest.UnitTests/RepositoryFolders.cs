namespace Ingest.UnitTests;

/// <summary>Folders of the repository that the tests run in, found upwards from the test's binaries.</summary>
internal static class RepositoryFolders
{
    public static string Root { get; } = FindRoot();

    public static string Corpus => Path.Combine(Root, "tests", "corpus");

    /// <summary>Data that may lie beside the repository and is not part of it.</summary>
    public static string Shared(string name) => Path.Combine(Path.GetDirectoryName(Root)!, "shared", name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ingest.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Ingest.sln is in no folder above the tests.");
    }
}
