using System.Text;
using Ingest.Core.Articles.Markup;

namespace Ingest.Core.Articles.Extraction;

/// <summary>The text of an element that should hold a value. Reading stops where it grows longer than any value, whatever the element holds.</summary>
internal static class ShortText
{
    /// <summary>Longer values are none.</summary>
    public const int Longest = 300;

    private const int MostNodes = 60;

    /// <summary>The text, a space between its parts and a bar between its lines; null when it is too long.</summary>
    public static string? Of(LeanElement element)
    {
        var text = new StringBuilder();
        var nodes = 0;
        return Append(element, text, ref nodes) ? text.ToString() : null;
    }

    /// <summary>The microdata name inside of a person or an organisation; null when there is none.</summary>
    public static string? OfName(LeanElement element)
    {
        var nodes = 0;
        return Named(element, ref nodes) is { } name ? name.GetAttribute(AttributeKey.Content) ?? Of(name) : null;
    }

    private static bool Append(LeanElement parent, StringBuilder text, ref int nodes)
    {
        for (var node = parent.First; node is not null; node = node.Next)
        {
            if (++nodes > MostNodes || text.Length > Longest)
                return false;
            if (node is LeanText run)
                text.Append(run.Data);
            else if (node is LeanElement { Tag.Name: not ("script" or "style" or "svg") } element && !AppendElement(element, text, ref nodes))
                return false;
        }
        return true;
    }

    private static bool AppendElement(LeanElement element, StringBuilder text, ref int nodes)
    {
        if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            text.Append(element.Tag.Role is TagRole.Inline ? " " : " | ");
        return Append(element, text, ref nodes);
    }

    private static LeanElement? Named(LeanElement parent, ref int nodes)
    {
        for (var node = parent.First; node is not null; node = node.Next)
            if (++nodes > MostNodes)
                return null;
            else if (node is LeanElement element && (element[AttributeKey.ItemProp] is "name" ? element : Named(element, ref nodes)) is { } found)
                return found;
        return null;
    }
}
