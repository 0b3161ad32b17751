namespace Ingest.Core.Articles.Markup;

/// <summary>The attributes that a lean document keeps: what the extractor reads, and what the tree builder goes by.</summary>
internal enum AttributeKey : byte
{
    /// <summary>Any other; nobody asks for it.</summary>
    None,
    Class,
    Id,
    Style,
    Hidden,
    AriaHidden,
    Role,
    ItemProp,
    ItemScope,
    DateTime,
    Content,
    Property,
    Name,
    HttpEquiv,
    Rel,
    Href,
    Src,
    DataSrc,
    DataOriginal,
    Alt,
    Type,
    Lang,
    XmlLang,
    PubDate,
    Encoding,
    Media,
}

/// <summary>Attributes by their names.</summary>
internal static class LeanAttributes
{
    public static AttributeKey KeyOf(ReadOnlySpan<char> name) => name switch
    {
        "class" => AttributeKey.Class,
        "id" => AttributeKey.Id,
        "style" => AttributeKey.Style,
        "hidden" => AttributeKey.Hidden,
        "aria-hidden" => AttributeKey.AriaHidden,
        "role" => AttributeKey.Role,
        "itemprop" => AttributeKey.ItemProp,
        "itemscope" => AttributeKey.ItemScope,
        "datetime" => AttributeKey.DateTime,
        "content" => AttributeKey.Content,
        "property" => AttributeKey.Property,
        "name" => AttributeKey.Name,
        "http-equiv" => AttributeKey.HttpEquiv,
        "rel" => AttributeKey.Rel,
        "href" => AttributeKey.Href,
        "src" => AttributeKey.Src,
        "data-src" => AttributeKey.DataSrc,
        "data-original" => AttributeKey.DataOriginal,
        "alt" => AttributeKey.Alt,
        "type" => AttributeKey.Type,
        "lang" => AttributeKey.Lang,
        "xml:lang" => AttributeKey.XmlLang,
        "pubdate" => AttributeKey.PubDate,
        "encoding" => AttributeKey.Encoding,
        "media" => AttributeKey.Media,
        _ => AttributeKey.None,
    };

    /// <summary>The elements that the tree builder keeps a list of. It compares all of their attributes: of equal ones it opens three again.</summary>
    public static bool IsFormatting(ReadOnlySpan<char> tag) =>
        tag is "a" or "b" or "big" or "code" or "em" or "font" or "i" or "nobr" or "s" or "small" or "strike" or "strong" or "tt" or "u";
}
