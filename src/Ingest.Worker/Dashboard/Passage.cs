namespace Ingest.Worker.Dashboard;

/// <summary>What was removed at one place, and the kept texts of one kind that follow it up to the next removal.</summary>
internal sealed record Passage(IReadOnlyList<RemovalData> Removed, string Kind, IReadOnlyList<string> Texts)
{
    private const string ListItem = "list-item";
    private const string TableRow = "table-row";

    /// <summary>
    /// The article in reading order. Neighbouring list items and table rows stay together, as one list; the last passage has no text
    /// when something was removed behind the end.
    /// </summary>
    public static IReadOnlyList<Passage> Of(ArticleData article)
    {
        var removedAt = article.Removed.ToLookup(removal => Math.Min(removal.Position, article.Paragraphs.Count));
        var passages = new List<Passage>();
        for (var i = 0; i < article.Paragraphs.Count; i++)
        {
            var kind = article.Paragraphs[i].Kind;
            var texts = new List<string> { article.Paragraphs[i].Text };
            var removed = removedAt[i].ToList();
            while (kind is ListItem or TableRow && i + 1 < article.Paragraphs.Count && article.Paragraphs[i + 1].Kind == kind && !removedAt.Contains(i + 1))
                texts.Add(article.Paragraphs[++i].Text);
            passages.Add(new Passage(removed, kind, texts));
        }
        var last = removedAt[article.Paragraphs.Count].ToList();
        if (last.Count > 0) passages.Add(new Passage(last, "", []));
        return passages;
    }
}
