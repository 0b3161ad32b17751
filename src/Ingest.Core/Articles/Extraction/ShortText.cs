using System.Text;
using AngleSharp.Dom;

namespace Ingest.Core.Articles.Extraction;

/// <summary>The text of an element that should hold a value. Reading stops where it grows longer than any value, whatever the element holds.</summary>
internal static class ShortText
{
    /// <summary>Longer values are none.</summary>
    public const int Longest = 300;

    private const int MostNodes = 60;

    /// <summary>The text, a space between its parts and a bar between its lines; null when it is too long.</summary>
    public static string? Of(IElement element)
    {
        var text = new StringBuilder();
        var nodes = 0;
        return Append(element, text, ref nodes) ? text.ToString() : null;
    }

    /// <summary>The microdata name inside of a person or an organisation; null when there is none.</summary>
    public static string? OfName(IElement element)
    {
        var nodes = 0;
        return Named(element, ref nodes) is { } name ? name.GetAttribute("content") ?? Of(name) : null;
    }

    private static bool Append(INode parent, StringBuilder text, ref int nodes)
    {
        var children = parent.ChildNodes;
        for (var i = 0; i < children.Length; i++)
        {
            if (++nodes > MostNodes || text.Length > Longest)
                return false;
            if (children[i] is IText run)
                text.Append(run.Data);
            else if (children[i] is IElement { LocalName: not ("script" or "style" or "svg") } element && (Spaced(element, text) && !Append(element, text, ref nodes)))
                return false;
        }
        return true;
    }

    private static bool Spaced(IElement element, StringBuilder text)
    {
        if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            text.Append(Tags.RoleOf(element.LocalName) is TagRole.Inline ? " " : " | ");
        return true;
    }

    private static IElement? Named(IElement parent, ref int nodes)
    {
        var children = parent.ChildNodes;
        for (var i = 0; i < children.Length && ++nodes <= MostNodes; i++)
            if (children[i] is IElement element && (element.GetAttribute("itemprop") == "name" ? element : Named(element, ref nodes)) is { } found)
                return found;
        return null;
    }
}
