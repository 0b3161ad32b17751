using System.Text;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Metadata;

namespace Ingest.Core.Articles.SiteRules;

/// <summary>What an element says, on one line.</summary>
internal static class ElementText
{
    // A ledger's line is for people to look at.
    private const int Longest = 2_000;

    public static string Of(LeanElement element)
    {
        var text = new StringBuilder();
        Gather(element, text);
        return Spaces.Squeeze(text.ToString());
    }

    private static void Gather(LeanElement parent, StringBuilder text)
    {
        for (var node = parent.First; node is not null; node = node.Next)
            if (text.Length >= Longest)
                return;
            else if (node is LeanText run)
                text.Append(run.Data[..Math.Min(run.Data.Length, Longest)]);
            else if (node is LeanElement { Tag.Role: not TagRole.Skipped } element)
                Enclosed(element, text);
    }

    private static void Enclosed(LeanElement element, StringBuilder text)
    {
        var space = element.Tag.Role == TagRole.Inline ? "" : " ";
        text.Append(space);
        Gather(element, text);
        text.Append(space);
    }
}
