using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>What is made of articles (section <c>Articles</c>).</summary>
public sealed class ArticlesOptions
{
    public const string Section = "Articles";

    /// <summary>Add <c>markdown</c> to the message: the article as CommonMark with its links, lists and pictures. Costs about a third of an extraction more. Default false.</summary>
    public bool Markdown { get; set; }

    /// <summary>Add <c>html</c> to the message: the article as HTML that is safe to show as it is. Costs about a third of an extraction more. Default false.</summary>
    public bool Html { get; set; }

    /// <summary>Pages of one article that are read and joined, 1 to 50; 1 reads the first alone. What lies beyond marks the article as truncated. Default 10.</summary>
    [Range(1, 50)]
    public int MaxPages { get; set; } = 10;

    /// <summary>The folder of rules for single sites, a file <c>HOST.yaml</c> each. They are read at start. Default <c>rules</c> in the data folder, where that exists.</summary>
    public string? RulesDir { get; set; }
}
