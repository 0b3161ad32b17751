using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Persons, as elements (Atom) or as one line of text (RSS).</summary>
internal static class FeedPersons
{
    /// <summary>The person of an element; null when nothing is said.</summary>
    public static FeedPerson? Read(XmlElement element)
    {
        if (element.HasElements)
        {
            string? name = null, email = null, url = null;
            foreach (var part in element.Elements)
            {
                switch (part.Name)
                {
                    case "name" or "title":
                        name ??= FeedTexts.Simple(part);
                        break;
                    case "email":
                        email ??= FeedTexts.Simple(part);
                        break;
                    case "uri" or "url" or "homepage" or "link":
                        url ??= FeedUrls.ResolveText(part.Scope.Base, FeedTexts.Simple(part));
                        break;
                }
            }

            if ((name ?? email ?? url) is not null)
            {
                return Make(name, email, url);
            }
        }

        return FeedTexts.Simple(element) is { } text ? Parse(text) : null;
    }

    /// <summary>"me@example.com (Name)", "Name (me@example.com)", "Name &lt;me@example.com&gt;", or one of both.</summary>
    public static FeedPerson? Parse(string text)
    {
        var email = Email(text);
        if (email is null)
        {
            return Make(text, null, null);
        }

        var name = text.Replace(email, "", StringComparison.Ordinal)
            .Replace("mailto:", "", StringComparison.OrdinalIgnoreCase)
            .Replace("()", "", StringComparison.Ordinal)
            .Replace("<>", "", StringComparison.Ordinal)
            .Trim();
        name = name.StartsWith('(') && name.EndsWith(')') ? name[1..^1] : name;
        return Make(name.Trim(" ,-<>\"\t\r\n".ToCharArray()), email, null);
    }

    private static FeedPerson? Make(string? name, string? email, string? url)
    {
        if (email is null && name is not null && !name.Contains(' ', StringComparison.Ordinal) && Email(name) == name)
        {
            (name, email) = (null, name);
        }

        name = string.IsNullOrEmpty(name) ? null : name;
        return (name ?? email ?? url) is null ? null : new FeedPerson(name, email, url);
    }

    private static string? Email(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1)
        {
            return null;
        }

        var (start, end) = (at, at + 1);
        while (start > 0 && IsLocalPart(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
        {
            end++;
        }

        return start < at && end > at + 1 ? text[start..end].TrimEnd('.') : null;
    }

    private static bool IsLocalPart(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '!' or '#' or '&' or '*' or '/' or '=';
}
