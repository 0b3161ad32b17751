namespace Ingest.Core.Articles;

/// <summary>What an extractor makes of an article besides its text. Whoever asks for none pays for none.</summary>
[Flags]
public enum ArticleForms
{
    None = 0,

    /// <summary><see cref="CleanArticle.Markdown"/>.</summary>
    Markdown = 1,

    /// <summary><see cref="CleanArticle.Html"/>.</summary>
    Html = 2,

    /// <summary><see cref="ExtractionOutcome.Lines"/>.</summary>
    Lines = 4,
}
