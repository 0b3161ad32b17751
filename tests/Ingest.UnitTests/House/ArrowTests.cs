using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Ingest.Core.Articles;

namespace Ingest.UnitTests.House;

/// <summary>The house's rules that a compiler does not hold.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Namespaces =
    [
        "System.Net.Http", "System.Net.Sockets", "System.Net.NetworkInformation", "Microsoft.Extensions.Logging", "Serilog",
        "System.Diagnostics.Tracing",
    ];

    private static readonly string[] Types =
    [
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Threading.Timer", "System.Threading.Thread", "System.Console", "System.IO.File", "System.IO.FileInfo",
        "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.Net.Dns",
    ];

    // AngleSharp's tree builder asks its document and scripts whether they are ready.
    private static readonly string[] AskedByTheTreeBuilder = ["WaitForReadyAsync", "FinishLoadingAsync", "RunAsync"];

    private static readonly string[] Clocks = ["get_Now", "get_UtcNow", "get_Today"];

    [Theory]
    [InlineData("the core knows nobody", "Ingest.Core", "")]
    [InlineData("the flow knows the core", "Ingest.Pipeline", "Ingest.Core")]
    [InlineData("storage stands on the flow", "Ingest.Storage", "Ingest.Pipeline")]
    [InlineData("delivery stands on the flow", "Ingest.Delivery", "Ingest.Pipeline")]
    [InlineData("the second engine stands on the flow", "Ingest.Hangfire", "Ingest.Pipeline")]
    [InlineData("the newsroom's truth comes from nobody", "Ingest.Newsroom", "")]
    [InlineData("the host knows everybody", "Ingest.Worker", "Ingest.Core Ingest.Delivery Ingest.Hangfire Ingest.Newsroom Ingest.Pipeline Ingest.Storage")]
    public void Projects_reference_only_what_the_arrows_allow(string reason, string project, string allowed)
    {
        var file = XDocument.Load(Path.Combine(RepositoryFolders.Root, "src", project, $"{project}.csproj"));
        var referenced = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.True(allowed == string.Join(' ', referenced.Order(StringComparer.Ordinal)), reason);
    }

    [Fact]
    public void Every_project_is_under_the_arrows()
    {
        var projects = Directory.GetDirectories(Path.Combine(RepositoryFolders.Root, "src"), "Ingest.*").Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["Ingest.Core", "Ingest.Delivery", "Ingest.Hangfire", "Ingest.Newsroom", "Ingest.Pipeline", "Ingest.Storage", "Ingest.Worker"], projects);
    }

    [Fact]
    public void The_core_has_one_package_only()
    {
        var file = XDocument.Load(Path.Combine(RepositoryFolders.Root, "src", "Ingest.Core", "Ingest.Core.csproj"));
        Assert.Equal("AngleSharp", Assert.Single(file.Descendants("PackageReference")).Attribute("Include")!.Value);
    }

    [Fact]
    public void The_core_has_no_task_clock_logger_file_or_socket()
    {
        using var stream = File.OpenRead(typeof(CleanArticle).Assembly.Location);
        using var assembly = new PEReader(stream);
        var metadata = assembly.GetMetadataReader();
        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (Space: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name))).ToList();
        Assert.DoesNotContain(types, type => Namespaces.Contains(type.Space) || Types.Contains($"{type.Space}.{type.Name}"));
        Assert.DoesNotContain(types, type => type is { Space: "System.Threading.Tasks", Name: not "Task" });
        Assert.DoesNotContain(metadata.MemberReferences.Select(member => metadata.GetString(metadata.GetMemberReference(member).Name)), name => Clocks.Contains(name));
    }

    [Fact]
    public void The_core_waits_for_nothing()
    {
        var waiting = typeof(CleanArticle).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)).Select(method => method.Name).Distinct();
        Assert.Equal(AskedByTheTreeBuilder.Order(StringComparer.Ordinal), waiting.Order(StringComparer.Ordinal));
    }
}
