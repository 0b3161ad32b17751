namespace Ingest.Pipeline.Options;

/// <summary>What is made of articles (section <c>Articles</c>).</summary>
public sealed class ArticlesOptions
{
    public const string Section = "Articles";

    /// <summary>Add <c>markdown</c> to the message: the article as CommonMark with its links, lists and pictures. Costs about a third of an extraction more. Default false.</summary>
    public bool Markdown { get; set; }

    /// <summary>Add <c>html</c> to the message: the article as HTML that is safe to show as it is. Costs about a third of an extraction more. Default false.</summary>
    public bool Html { get; set; }

    /// <summary>The folder of rules for single sites, a file <c>HOST.yaml</c> each. They are read at start. Default <c>rules</c> in the data folder, where that exists.</summary>
    public string? RulesDir { get; set; }
}
