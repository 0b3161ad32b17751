using System.Globalization;
using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>Places: GeoRSS simple and GML, and the W3C's lat and long. All of them write the latitude first.</summary>
internal static class Geo
{
    public static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Name)
        {
            case "lat":
                item.Latitude = Numbers(element) is [var latitude] ? latitude : null;
                OfferPoint(item);
                break;
            case "long" or "lon":
                item.Longitude = Numbers(element) is [var longitude] ? longitude : null;
                OfferPoint(item);
                break;
            case "where" or "point" when element.HasElements:
                foreach (var child in element.Elements)
                {
                    Read(child, item);
                }

                break;
            case "point" or "line" or "polygon" or "box":
                item.Place ??= Place(element.Name, Numbers(element), 2);
                break;
            case "pos" or "linestring" or "envelope":
                ReadGml(element, item);
                break;
        }
    }

    private static void ReadGml(XmlElement element, ItemBuilder item)
    {
        var holder = element.Name == "pos" ? element : Descendant(element, 4);
        if (holder is null)
        {
            return;
        }

        var numbers = Numbers(holder);
        var size = element.Name == "pos" ? Math.Max(2, numbers.Count) : 2;
        item.Place ??= Place(element.Name == "pos" ? "point" : "line", numbers, size);
    }

    private static XmlElement? Descendant(XmlElement element, int depth)
    {
        foreach (var child in element.Elements)
        {
            if (child.Name is "poslist" or "pos" || (depth > 0 && Descendant(child, depth - 1) is not null))
            {
                return child.Name is "poslist" or "pos" ? child : Descendant(child, depth - 1);
            }
        }

        return null;
    }

    private static void OfferPoint(ItemBuilder item)
    {
        if (item is { Latitude: { } latitude, Longitude: { } longitude, Place: null })
        {
            item.Place = Place("point", [latitude, longitude], 2);
        }
    }

    private static FeedPlace? Place(string shape, List<double> numbers, int size)
    {
        if (numbers.Count == 0 || numbers.Count % size != 0 || size > 3)
        {
            return null;
        }

        var positions = numbers.Chunk(size).Select(p => (IReadOnlyList<double>)(size == 3 ? [p[1], p[0], p[2]] : [p[1], p[0]])).ToList();
        return (shape, positions.Count) switch
        {
            ("point", 1) => new FeedPlace(PlaceShape.Point, positions),
            ("line", >= 2) => new FeedPlace(PlaceShape.LineString, positions),
            // A ring of fewer than three corners, closed, encloses nothing.
            ("polygon", >= 4) => new FeedPlace(PlaceShape.Polygon, positions),
            ("box", 2) => new FeedPlace(PlaceShape.Box, positions),
            _ => null,
        };
    }

    private static List<double> Numbers(XmlElement element)
    {
        var numbers = new List<double>();
        foreach (var part in (FeedTexts.Simple(element) ?? "").Split((char[])[' ', ',', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                return [];
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
