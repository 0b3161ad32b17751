using static Ingest.Newsroom.Designs.Markup;

namespace Ingest.Newsroom.Designs;

/// <summary>The structures residue comes in.</summary>
internal static class ResidueMarkup
{
    /// <summary>The inline markup of a line that gets no structure: addresses and pointers to articles are often links all the same.</summary>
    public static string Bare(string kind, string line) => kind switch
    {
        "stream-link" when line.IndexOf("http", StringComparison.Ordinal) is >= 0 and var at =>
            $"{Escape(line[..at])}<a href=\"{Escape(line[at..])}\">{Escape(line[at..])}</a>",
        "related-links" or "read-more" => $"<a href=\"/r/{Slug.Of(line)}\">{Escape(line)}</a>",
        "title-in-body" or "repeated-headline" => $"<b>{Escape(line)}</b>",
        _ => Escape(line),
    };

    /// <summary>In the document, out of sight; the way is chosen by the words, so that it stays the same.</summary>
    public static string Hidden(Piece.Leftover piece)
    {
        var text = Escape(string.Join(' ', piece.Lines));
        return ((uint)Dice.StableHash(text) % 6) switch
        {
            0 => $"<div style=\"display:none\">{text}</div>",
            1 => $"<template><p>{text}</p></template>",
            2 => $"<p hidden>{text}</p>",
            3 => $"<div aria-hidden=\"true\" style=\"display: none;\"><p>{text}</p></div>",
            4 => $"<noscript><p>{text}</p></noscript>",
            _ => $"<span style=\"visibility:hidden;position:absolute\">{text}</span>",
        };
    }

    /// <summary>With elements and class names that say what it is.</summary>
    public static string Marked(Piece.Leftover piece, ClassStyle style)
    {
        var name = ClassNames.For(piece.Kind, style);
        return piece.Kind switch
        {
            "comment-form" or "newsletter" => Form(piece, name, Tag("section", style)),
            "comment-list" => Comments(piece, name, Tag("section", style)),
            "stream-link" => Player(piece, name),
            "caption" or "photo-credit" => Figure(piece, name, style),
            "related-links" => Aside(piece, name, Tag("aside", style)),
            "share-bar" or "tag-list" => Links(piece, name),
            "navigation" => Element(Tag("nav", style), name, Items(piece.Lines)),
            "social-embed" => $"<blockquote class=\"{name}\" cite=\"https://social.example/p/1\">{Paragraphs(piece.Lines)}</blockquote>",
            "read-more" => $"<p class=\"{name}\">{Link(piece.Lines[0])}</p>",
            "byline" => $"<div class=\"{name}\"><span rel=\"author\">{Escape(piece.Lines[0])}</span></div>",
            "dateline-label" => $"<div class=\"{name}\"><span>{Escape(piece.Lines[0])}</span></div>",
            "stray-counter" => $"<span class=\"{name}\">{Escape(piece.Lines[0])}</span>",
            "title-in-body" or "repeated-headline" => $"<h3 class=\"{name}\">{Escape(piece.Lines[0])}</h3>",
            "author-bio" or "advertisement" => Element(Tag("aside", style), name, Paragraphs(piece.Lines)),
            _ => $"<div class=\"{name}\">{Paragraphs(piece.Lines)}</div>",
        };
    }

    /// <summary>Designs of the terse kind are older than the elements that say what they are for.</summary>
    private static string Tag(string modern, ClassStyle style) => style == ClassStyle.Terse ? "div" : modern;

    private static string Element(string tag, string name, string content) => $"<{tag} class=\"{name}\">{content}</{tag}>";

    /// <summary>The first line heads the form, the last is its button, those between are labels of fields.</summary>
    private static string Form(Piece.Leftover piece, string name, string tag)
    {
        if (piece.Lines.Count == 1)
        {
            return Element("div", name, Paragraphs(piece.Lines));
        }
        var fields = piece.Lines.Skip(1).SkipLast(1)
            .Select((line, i) => line.Length > 40 ? $"<p class=\"note\">{Escape(line)}</p>" : $"<p><label for=\"f{i}\">{Escape(line)}</label> <input id=\"f{i}\" type=\"text\"></p>");
        return Element(tag, name, $"<h3>{Escape(piece.Lines[0])}</h3><form action=\"/post\" method=\"post\">{string.Concat(fields)}<button type=\"submit\">{Escape(piece.Lines[^1])}</button></form>");
    }

    private static string Comments(Piece.Leftover piece, string name, string tag) =>
        Element(tag, name, $"<h3>{Escape(piece.Lines[0])}</h3><ol>{string.Concat(piece.Lines.Skip(1).Select(line => $"<li><p>{Escape(line)}</p></li>"))}</ol>");

    private static string Player(Piece.Leftover piece, string name)
    {
        var lines = piece.Lines.Select(line => $"<li>{Bare(piece.Kind, line)}</li>");
        return $"<div class=\"{name}\"><audio controls preload=\"none\"></audio><ul>{string.Concat(lines)}</ul></div>";
    }

    private static string Figure(Piece.Leftover piece, string name, ClassStyle style)
    {
        var lines = piece.Lines.Select(line => $"<span class=\"{name}\">{Escape(line)}</span>");
        var (figure, caption) = (Tag("figure", style), Tag("figcaption", style));
        return $"<{figure}><img src=\"/media/{(uint)Dice.StableHash(piece.Lines[0]):x8}.png\" alt=\"\" width=\"640\" height=\"400\"><{caption}>{string.Join("<br>", lines)}</{caption}></{figure}>";
    }

    private static string Aside(Piece.Leftover piece, string name, string tag) => piece.Lines.Count == 1
        ? Element(tag, name, $"<p>{Link(piece.Lines[0])}</p>")
        : Element(tag, name, $"<h3>{Escape(piece.Lines[0])}</h3>{Items([.. piece.Lines.Skip(1)])}");

    private static string Links(Piece.Leftover piece, string name) => $"<div class=\"{name}\">{Items(piece.Lines)}</div>";

    private static string Items(IReadOnlyList<string> lines) =>
        $"<ul>{string.Concat(lines.Select(line => $"<li>{Link(line)}</li>"))}</ul>";

    private static string Link(string line) => $"<a href=\"/r/{Slug.Of(line)}\">{Escape(line)}</a>";

    private static string Paragraphs(IReadOnlyList<string> lines) =>
        string.Concat(lines.Select(line => $"<p>{Escape(line)}</p>"));
}
