using Ingest.Core.Articles.SiteRules;

namespace Ingest.Worker.SiteRules;

/// <summary>A file of rules for one site, <c>HOST.yaml</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Rule">What the extractor goes by.</param>
/// <param name="Tests">What <c>ingest rules test</c> checks.</param>
internal sealed record SiteRuleFile(string Path, SiteRule Rule, IReadOnlyList<SiteRuleTest> Tests)
{
    /// <summary>The site that a file is for: its name, in lower case, without <c>www.</c>; null when it names none.</summary>
    public static string? HostOf(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path).ToLowerInvariant().TrimStart('.');
        var host = name.StartsWith("www.", StringComparison.Ordinal) ? name[4..] : name;
        return host.Length > 0 && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-') ? host : null;
    }
}

/// <summary>A page and what must come of it.</summary>
/// <param name="Page">An address, or a saved page's path, relative to the rules' file.</param>
/// <param name="MustContain">Texts that the article has to have, white space aside.</param>
/// <param name="MustNotContain">Texts that it must not have.</param>
internal sealed record SiteRuleTest(string Page, IReadOnlyList<string> MustContain, IReadOnlyList<string> MustNotContain);
