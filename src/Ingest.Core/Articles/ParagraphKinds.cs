namespace Ingest.Core.Articles;

/// <summary>The wire names of <see cref="ParagraphKind"/>.</summary>
public static class ParagraphKinds
{
    /// <summary>The name in the message, such as <c>list-item</c>.</summary>
    public static string WireName(this ParagraphKind kind) => kind switch
    {
        ParagraphKind.ListItem => "list-item",
        ParagraphKind.TableRow => "table-row",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
