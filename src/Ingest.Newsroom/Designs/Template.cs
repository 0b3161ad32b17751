namespace Ingest.Newsroom.Designs;

/// <summary>A file of <c>Templates/</c>, in its group's folder: settings, a line of three dashes, and the page with its slots, <c>{{name}}</c> or <c>{{name: markup}}</c> (<see cref="PieceMarkup"/>).</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Settings">What <see cref="TemplateDesign"/> knows, each as often as it was written.</param>
/// <param name="Page">Text and slots in turn.</param>
internal sealed record Template(string Name, ILookup<string, string> Settings, IReadOnlyList<TemplatePart> Page)
{
    /// <summary>Every template of a group, by name.</summary>
    public static IEnumerable<Template> Of(DesignGroup group)
    {
        var assembly = typeof(Template).Assembly;
        var prefix = $"template.{group}.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return Parse(resource[prefix.Length..], reader.ReadToEnd());
        }
    }

    public static Template Parse(string name, string text)
    {
        var lines = text.Split('\n');
        var rule = Array.IndexOf(lines, "---");
        var settings = rule < 0 ? throw Wrong(name, "has no line of three dashes") : lines[..rule];
        return new Template(name, settings.Select(line => Setting(name, line)).ToLookup(s => s.Key, s => s.Value, StringComparer.Ordinal), Parts(name, string.Join('\n', lines[(rule + 1)..])));
    }

    /// <summary>The setting's only value; null where it was not written.</summary>
    public string? Setting(string key) => Settings[key].SingleOrDefault();

    public InvalidOperationException Wrong(string what) => Wrong(Name, what);

    private static (string Key, string Value) Setting(string name, string line) => line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon
        ? (line[..colon], line[(colon + 2)..].Trim())
        : throw Wrong(name, $"has a setting without a value: {line}");

    /// <summary>Markup as its text and slots in turn.</summary>
    public static IReadOnlyList<TemplatePart> Parts(string name, string page)
    {
        var parts = new List<TemplatePart>();
        var at = 0;
        while (page.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = page.IndexOf("}}", open, StringComparison.Ordinal);
            var slot = close < 0 ? throw Wrong(name, $"has an open slot: {page[open..Math.Min(page.Length, open + 40)]}") : page[(open + 2)..close];
            var colon = slot.IndexOf(": ", StringComparison.Ordinal);
            parts.Add(new TemplatePart(page[at..open], null, null));
            parts.Add(colon < 0 ? new TemplatePart("", slot, null) : new TemplatePart("", slot[..colon], new PieceMarkup(slot[(colon + 2)..])));
            at = close + 2;
        }
        parts.Add(new TemplatePart(page[at..], null, null));
        return parts;
    }

    private static InvalidOperationException Wrong(string name, string what) => new($"The template {name} {what}.");
}

/// <summary>Text of a page, or a slot and how it is written.</summary>
internal sealed record TemplatePart(string Text, string? Slot, PieceMarkup? Markup);
