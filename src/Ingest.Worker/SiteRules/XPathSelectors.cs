using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingest.Worker.SiteRules;

/// <summary>Turns an XPath of a site config into a selector, where one says the same. Axes, functions of text, and places other than "the nth of its name" have none.</summary>
internal static partial class XPathSelectors
{
    private const int MostAlternatives = 40;

    /// <summary>Null when no selector says the same; <paramref name="why"/> tells which part has none.</summary>
    public static string? Convert(string xpath, out string? why)
    {
        why = null;
        var selectors = new List<string>();
        foreach (var path in Split(xpath, "|"))
        {
            if (Path(path.Trim(), ref why) is not { } alternatives) return null;
            selectors.AddRange(alternatives);
        }
        return string.Join(", ", selectors);
    }

    private static List<string>? Path(string path, ref string? why)
    {
        List<string> selectors = [""];
        var steps = Steps().Match(path);
        // "text()" and the attributes that a value is read from anyway.
        path = Value().Replace(path, "");
        if (path.Length == 0 || !steps.Success) return Fail(ref why, path);
        foreach (var (isChild, step) in StepsOf(path.TrimStart('.')))
        {
            if (Step(step, ref why) is not { } alternatives) return null;
            selectors = [.. selectors.SelectMany(front => alternatives.Select(step => front.Length == 0 ? step : $"{front}{(isChild ? " > " : " ")}{step}"))];
            if (selectors.Count > MostAlternatives) return Fail(ref why, "so many alternatives");
        }
        return selectors;
    }

    /// <summary>"//a/b" is a, somewhere, and b, directly in it.</summary>
    private static IEnumerable<(bool IsChild, string Step)> StepsOf(string path)
    {
        var isChild = true;
        foreach (var step in Split(path, "/"))
        {
            if (step.Length > 0) yield return (isChild, step.Trim());
            isChild = step.Length > 0;
        }
    }

    private static List<string>? Step(string step, ref string? why)
    {
        var bracket = step.IndexOf('[', StringComparison.Ordinal);
        var name = (bracket < 0 ? step : step[..bracket]).Trim();
        if (!Name().IsMatch(name)) return Fail(ref why, step);
        List<string> found = [name == "*" ? "" : name.ToLowerInvariant()];
        var isFirst = true;
        foreach (var predicate in PredicatesOf(step[name.Length..]))
        {
            if (Predicate(predicate, mayCount: isFirst && name != "*") is not { } alternatives) return Fail(ref why, $"[{predicate}]");
            found = [.. found.SelectMany(front => alternatives.Select(test => front + test))];
            isFirst = false;
        }
        return [.. found.Select(selector => selector.Length == 0 ? "*" : selector)];
    }

    private static IEnumerable<string> PredicatesOf(string text) => Split(text.Trim(), "]").Select(part => part.Trim()).Where(part => part.Length > 0).Select(part => part.TrimStart('['));

    /// <summary>The alternatives of one predicate: "or" parts them, "and" joins conditions.</summary>
    private static List<string>? Predicate(string predicate, bool mayCount)
    {
        if (Count().Match(predicate) is { Success: true } count) return mayCount ? [$":nth-of-type({count.Groups[1].Value})"] : null;
        var alternatives = new List<string>();
        foreach (var alternative in Split(predicate, " or "))
        {
            var tests = Split(alternative, " and ").Select(Test).ToList();
            if (tests.Contains(null)) return null;
            alternatives.Add(string.Concat(tests));
        }
        return alternatives;
    }

    private static string? Test(string condition)
    {
        condition = condition.Trim();
        if (Presence().Match(condition) is { Success: true } present) return $"[{present.Groups["name"].Value}]";
        if (Equality().Match(condition) is { Success: true } equal) return Attribute(equal, "=");
        if (Word().Match(condition) is { Success: true } word) return Attribute(word, "~=");
        if (Piece().Match(condition) is { Success: true } piece) return Attribute(piece, "*=");
        return Beginning().Match(condition) is { Success: true } beginning ? Attribute(beginning, "^=") : null;
    }

    private static string Attribute(Match match, string sign)
    {
        var value = match.Groups["value"].Value;
        var quote = value.Contains('"', StringComparison.Ordinal) ? '\'' : '"';
        return string.Create(CultureInfo.InvariantCulture, $"[{match.Groups["name"].Value.ToLowerInvariant()}{sign}{quote}{value}{quote}]");
    }

    /// <summary>At a sign that stands outside of quotes and brackets; a closing bracket at the end of its own.</summary>
    private static IEnumerable<string> Split(string text, string sign)
    {
        var (start, depth, quote) = (0, 0, '\0');
        for (var at = 0; at < text.Length; at++)
        {
            if (quote != '\0') quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '"' or '\'') quote = text[at];
            else if (text[at] is '(' or '[') depth++;
            else if (text[at] is ')' or ']') depth--;
            if (quote != '\0' || depth != 0 || string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0) continue;
            yield return text[start..at];
            start = at + sign.Length;
            at = start - 1;
        }
        yield return text[start..];
    }

    private static List<string>? Fail(ref string? why, string what)
    {
        why ??= $"no selector says {what}";
        return null;
    }

    [GeneratedRegex(@"^\.?/", RegexOptions.CultureInvariant)]
    private static partial Regex Steps();

    [GeneratedRegex(@"/(?:text\(\)|@content|@datetime)$", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    [GeneratedRegex(@"^(?:\*|[A-Za-z][A-Za-z0-9_-]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:position\(\) ?= ?)?([1-9][0-9]{0,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"^@(?<name>[A-Za-z_][\w-]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Presence();

    [GeneratedRegex(@"^@(?<name>[A-Za-z_][\w-]*) ?= ?(?<q>['""])(?<value>.*)\k<q>$", RegexOptions.CultureInvariant)]
    private static partial Regex Equality();

    [GeneratedRegex(@"^contains\( ?@(?<name>[A-Za-z_][\w-]*) ?, ?(?<q>['""])(?<value>[^'""]+)\k<q> ?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    [GeneratedRegex(@"^starts-with\( ?@(?<name>[A-Za-z_][\w-]*) ?, ?(?<q>['""])(?<value>[^'""]+)\k<q> ?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    // XPath 1.0 has no other way to say "has this class".
    [GeneratedRegex(@"^contains\( ?concat\( ?['""] ['""] ?, ?(?:normalize-space\( ?)?@(?<name>[A-Za-z_][\w-]*)(?: ?\))? ?, ?['""] ['""] ?\) ?, ?(?<q>['""]) (?<value>[^'"" ]+) \k<q> ?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
