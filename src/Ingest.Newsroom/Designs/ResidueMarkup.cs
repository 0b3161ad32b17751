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
            "comment-form" or "newsletter" => Form(piece, name),
            "comment-list" => Comments(piece, name),
            "stream-link" => Player(piece, name),
            "caption" or "photo-credit" => Figure(piece, name),
            "related-links" => Aside(piece, name),
            "share-bar" or "tag-list" => Links(piece, name),
            "navigation" => $"<nav class=\"{name}\">{Items(piece.Lines)}</nav>",
            "social-embed" => $"<blockquote class=\"{name}\" cite=\"https://social.example/p/1\">{Paragraphs(piece.Lines)}</blockquote>",
            "read-more" => $"<p class=\"{name}\">{Link(piece.Lines[0])}</p>",
            "byline" => $"<div class=\"{name}\"><span rel=\"author\">{Escape(piece.Lines[0])}</span></div>",
            "dateline-label" => $"<div class=\"{name}\"><time>{Escape(piece.Lines[0])}</time></div>",
            "stray-counter" => $"<span class=\"{name}\">{Escape(piece.Lines[0])}</span>",
            "title-in-body" or "repeated-headline" => $"<h3 class=\"{name}\">{Escape(piece.Lines[0])}</h3>",
            "author-bio" or "advertisement" => $"<aside class=\"{name}\">{Paragraphs(piece.Lines)}</aside>",
            _ => $"<div class=\"{name}\">{Paragraphs(piece.Lines)}</div>",
        };
    }

    /// <summary>The first line heads the form, the last is its button, those between are labels of fields.</summary>
    private static string Form(Piece.Leftover piece, string name)
    {
        if (piece.Lines.Count == 1)
        {
            return $"<div class=\"{name}\"><p>{Escape(piece.Lines[0])}</p></div>";
        }
        var fields = piece.Lines.Skip(1).SkipLast(1)
            .Select((line, i) => line.Length > 40 ? $"<p class=\"note\">{Escape(line)}</p>" : $"<p><label for=\"f{i}\">{Escape(line)}</label> <input id=\"f{i}\" type=\"text\"></p>");
        return $"<section class=\"{name}\"><h3>{Escape(piece.Lines[0])}</h3><form action=\"/post\" method=\"post\">{string.Concat(fields)}<button type=\"submit\">{Escape(piece.Lines[^1])}</button></form></section>";
    }

    private static string Comments(Piece.Leftover piece, string name) =>
        $"<section id=\"comments\" class=\"{name}\"><h3>{Escape(piece.Lines[0])}</h3><ol>{string.Concat(piece.Lines.Skip(1).Select(line => $"<li><p>{Escape(line)}</p></li>"))}</ol></section>";

    private static string Player(Piece.Leftover piece, string name)
    {
        var lines = piece.Lines.Select(line => $"<li>{Bare(piece.Kind, line)}</li>");
        return $"<div class=\"{name}\"><audio controls preload=\"none\"></audio><ul>{string.Concat(lines)}</ul></div>";
    }

    private static string Figure(Piece.Leftover piece, string name)
    {
        var lines = piece.Lines.Select(line => $"<span class=\"{name}\">{Escape(line)}</span>");
        return $"<figure><img src=\"/media/{(uint)Dice.StableHash(piece.Lines[0]):x8}.png\" alt=\"\" width=\"640\" height=\"400\"><figcaption>{string.Join("<br>", lines)}</figcaption></figure>";
    }

    private static string Aside(Piece.Leftover piece, string name) => piece.Lines.Count == 1
        ? $"<aside class=\"{name}\"><p>{Link(piece.Lines[0])}</p></aside>"
        : $"<aside class=\"{name}\"><h3>{Escape(piece.Lines[0])}</h3>{Items([.. piece.Lines.Skip(1)])}</aside>";

    private static string Links(Piece.Leftover piece, string name) => $"<div class=\"{name}\">{Items(piece.Lines)}</div>";

    private static string Items(IReadOnlyList<string> lines) =>
        $"<ul>{string.Concat(lines.Select(line => $"<li>{Link(line)}</li>"))}</ul>";

    private static string Link(string line) => $"<a href=\"/r/{Slug.Of(line)}\">{Escape(line)}</a>";

    private static string Paragraphs(IReadOnlyList<string> lines) =>
        string.Concat(lines.Select(line => $"<p>{Escape(line)}</p>"));
}
