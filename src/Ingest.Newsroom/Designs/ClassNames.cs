namespace Ingest.Newsroom.Designs;

/// <summary>How a site names its classes.</summary>
internal enum ClassStyle
{
    /// <summary>The names of the best-known blog software's themes.</summary>
    Blog,

    /// <summary>block__element--modifier.</summary>
    Bem,

    /// <summary>CSS modules: the name and a hash.</summary>
    Hashed,

    /// <summary>Names only their author understands.</summary>
    Terse,

    /// <summary>Words in one, the first letter small.</summary>
    Camel,

    /// <summary>Nothing but hashes, as libraries write that keep styles in scripts: elements and texts have to tell.</summary>
    Opaque,

    /// <summary>In the words of the country.</summary>
    German,

    /// <inheritdoc cref="German"/>
    French,

    /// <inheritdoc cref="German"/>
    Spanish,
}

/// <summary>Class names for residue whose markup tells what it is.</summary>
internal static class ClassNames
{
    private static readonly Dictionary<string, (string Blog, string Word)> Names = new(StringComparer.Ordinal)
    {
        ["comment-form"] = ("comment-respond", "comment-form"),
        ["comment-list"] = ("comments-area", "comments"),
        ["stream-link"] = ("audio-player", "player"),
        ["photo-credit"] = ("image-credit", "credit"),
        ["caption"] = ("wp-caption-text", "caption"),
        ["stray-counter"] = ("post-views-count", "counter"),
        ["empty-label"] = ("post-meta", "meta-label"),
        ["repeated-headline"] = ("post-navigation-title", "headline"),
        ["title-in-body"] = ("entry-title", "title"),
        ["source-list"] = ("post-sources", "sources"),
        ["byline"] = ("entry-author", "byline"),
        ["dateline-label"] = ("posted-on", "date"),
        ["share-bar"] = ("sharedaddy sd-sharing", "share"),
        ["related-links"] = ("related-posts", "related"),
        ["read-more"] = ("more-link", "read-more"),
        ["newsletter"] = ("newsletter-signup", "newsletter"),
        ["advertisement"] = ("ad-container", "advert"),
        ["tag-list"] = ("tags-links", "tags"),
        ["author-bio"] = ("author-box", "author-bio"),
        ["navigation"] = ("main-navigation", "nav"),
        ["cookie-notice"] = ("cookie-notice", "consent"),
        ["paywall-prompt"] = ("paywall", "regwall"),
        ["disclaimer"] = ("post-disclaimer", "disclaimer"),
        ["social-embed"] = ("embed-social", "social-embed"),
        ["site-template"] = ("site-info", "footer-note"),
        ["feed-footer"] = ("rss-footer", "syndication"),
    };

    private static readonly Dictionary<string, (string German, string French, string Spanish)> Abroad = new(StringComparer.Ordinal)
    {
        ["comment-form"] = ("kommentar-formular", "laisser-commentaire", "formulario-comentario"),
        ["comment-list"] = ("kommentare", "commentaires", "comentarios"),
        ["stream-link"] = ("livestream", "lecteur-audio", "reproductor"),
        ["photo-credit"] = ("bildquelle", "credit-photo", "credito-foto"),
        ["caption"] = ("bildunterschrift", "legende", "pie-foto"),
        ["stray-counter"] = ("zaehler", "compteur", "contador"),
        ["empty-label"] = ("angabe", "etiquette", "etiqueta"),
        ["repeated-headline"] = ("titel-wiederholung", "rappel-titre", "titulo-repetido"),
        ["title-in-body"] = ("ueberschrift", "titre", "titular"),
        ["source-list"] = ("quellen", "sources", "fuentes"),
        ["byline"] = ("autorenzeile", "signature", "firma"),
        ["dateline-label"] = ("datum", "date-publication", "fecha"),
        ["share-bar"] = ("teilen", "partage", "compartir"),
        ["related-links"] = ("weitere-artikel", "a-lire-aussi", "relacionadas"),
        ["read-more"] = ("weiterlesen", "lire-la-suite", "leer-mas"),
        ["newsletter"] = ("rundbrief-bestellung", "infolettre", "boletin-alta"),
        ["advertisement"] = ("anzeige", "publicite", "publicidad"),
        ["tag-list"] = ("schlagworte", "mots-cles", "etiquetas"),
        ["author-bio"] = ("zum-autor", "bio-auteur", "sobre-autor"),
        ["navigation"] = ("hauptmenue", "menu-principal", "menu-navegacion"),
        ["cookie-notice"] = ("cookie-hinweis", "bandeau-cookies", "aviso-cookies"),
        ["paywall-prompt"] = ("bezahlschranke", "abonnez-vous", "muro-pago"),
        ["disclaimer"] = ("haftungshinweis", "avertissement", "aviso-legal"),
        ["social-embed"] = ("soziale-medien", "reseaux-sociaux", "red-social"),
        ["site-template"] = ("fusszeile", "pied-de-page", "pie-pagina"),
        ["feed-footer"] = ("feed-fuss", "pied-flux", "pie-feed"),
    };

    public static string For(string kind, ClassStyle style)
    {
        var (blog, word) = Names[kind];
        return style switch
        {
            ClassStyle.Blog => blog,
            ClassStyle.Bem => $"c-{word} article__{word}",
            ClassStyle.Hashed => $"{Pascal(word)}_root__{(uint)Dice.StableHash(word) % 0xFFFFF:x5}",
            ClassStyle.Camel => $"{char.ToLowerInvariant(word[0])}{Pascal(word)[1..]}",
            ClassStyle.Opaque => $"sc-{(uint)Dice.StableHash(word):x8} {(uint)Dice.StableHash(blog) % 0xFFFFFF:x6}",
            ClassStyle.German => Abroad[kind].German,
            ClassStyle.French => Abroad[kind].French,
            ClassStyle.Spanish => Abroad[kind].Spanish,
            _ => word[..Math.Min(4, word.Length)],
        };
    }

    private static string Pascal(string word) =>
        string.Concat(word.Split('-').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"));
}
