using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles;

public sealed class CleaningRuleTests
{
    [Theory]
    [InlineData("photo-credit", "Photo by Ministry of Harbours, via Wikimedia Commons")]
    [InlineData("photo-credit", "Foto: Harbour Press/Keystone")]
    [InlineData("photo-credit", "Crédit photo : Agence du Port")]
    [InlineData("photo-credit", "Fot. Agencja Portowa")]
    [InlineData("photo-credit", "Фото: пресс-служба порта")]
    [InlineData("photo-credit", "Bildquelle: Hafenarchiv")]
    [InlineData("photo-credit", "© Getty Images")]
    [InlineData("photo-credit", "Image courtesy of Harbour Museum")]
    [InlineData("caption", "Caption: the old bridge at dawn")]
    [InlineData("stray-counter", "23")]
    [InlineData("stray-counter", "1,204")]
    [InlineData("stray-counter", "48 Shares")]
    [InlineData("stray-counter", "312 visualizaciones")]
    [InlineData("empty-label", "Date:")]
    [InlineData("empty-label", "Written by:")]
    [InlineData("empty-label", "Publié le :")]
    [InlineData("empty-label", "Autor:")]
    [InlineData("source-list", "Sources: Harbour Post | Coast Radio | The Quay")]
    [InlineData("source-list", "Quelle: Küstenblatt")]
    [InlineData("source-list", "Źródło: Gazeta Portowa")]
    [InlineData("byline", "By Harriet Quayle")]
    [InlineData("byline", "Von Jonas Hafner und Lena Kai")]
    [InlineData("byline", "Par Camille Duquai")]
    [InlineData("dateline-label", "Published: 12 March 2024")]
    [InlineData("dateline-label", "Veröffentlicht am 12. März 2024, 14:05 Uhr")]
    [InlineData("dateline-label", "5 min read")]
    [InlineData("dateline-label", "12.03.2024 14:05")]
    [InlineData("share-bar", "Share on Facebook")]
    [InlineData("share-bar", "Facebook Twitter WhatsApp E-Mail")]
    [InlineData("share-bar", "Teilen")]
    [InlineData("share-bar", "Compartir")]
    [InlineData("share-bar", "Поделиться")]
    [InlineData("related-links", "You may also like")]
    [InlineData("related-links", "Das könnte Sie auch interessieren")]
    [InlineData("related-links", "Sur le même sujet")]
    [InlineData("read-more", "Read also: Ferry prices to rise in spring")]
    [InlineData("read-more", "Lesen Sie auch: Fähre wird teurer")]
    [InlineData("read-more", "Leggi anche: il traghetto costa di più")]
    [InlineData("read-more", "Читайте также: паром подорожает")]
    [InlineData("newsletter", "Sign up for our newsletter and get the day's stories in your inbox.")]
    [InlineData("newsletter", "Schrijf je in voor onze nieuwsbrief")]
    [InlineData("newsletter", "Assine nossa newsletter")]
    [InlineData("advertisement", "Advertisement")]
    [InlineData("advertisement", "ANZEIGE")]
    [InlineData("advertisement", "Annons")]
    [InlineData("advertisement", "Story continues below advertisement")]
    [InlineData("tag-list", "Tags: ferries, harbours, budget")]
    [InlineData("tag-list", "#ferry #harbour #budget")]
    [InlineData("tag-list", "Schlagwörter: Fähre, Hafen")]
    [InlineData("author-bio", "About the author")]
    [InlineData("navigation", "Back to top")]
    [InlineData("navigation", "Zum Inhalt springen")]
    [InlineData("cookie-notice", "We use cookies to improve your experience on this site.")]
    [InlineData("cookie-notice", "Diese Seite verwendet Cookies.")]
    [InlineData("paywall-prompt", "Already a subscriber? Log in")]
    [InlineData("paywall-prompt", "Cet article est réservé aux abonnés")]
    [InlineData("disclaimer", "© 2024 Harbour Post. All rights reserved.")]
    [InlineData("disclaimer", "Riproduzione riservata")]
    [InlineData("social-embed", "View this post on Instagram")]
    [InlineData("caption", "Figure 3: The quay before the storm")]
    [InlineData("newsletter", "Get the latest news straight to your phone with our app")]
    [InlineData("paywall-prompt", "Subscribe now to our morning edition for the full story.")]
    [InlineData("stream-link", "https://s8.streams.example:7021")]
    [InlineData("stream-link", "• https://cdn.example/live/harbour.m3u8")]
    [InlineData("comment-form", "Leave a Reply")]
    [InlineData("comment-form", "Ihre E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert")]
    [InlineData("comment-form", "Deja un comentario")]
    [InlineData("comment-list", "3 Comments")]
    [InlineData("feed-footer", "The post Ferry terminal opens appeared first on Harbour Post.")]
    [InlineData("site-template", "ENDS")]
    [InlineData("site-template", "- 30 -")]
    [InlineData("site-template", "(END) Harbour Press 1850 GMT")]
    [InlineData("site-template", "mk/hpa")]
    [InlineData("author-bio", "Contact the reporter: desk@harbour.example")]
    [InlineData("read-more", "The long version at harbour.example")]
    [InlineData("stream-link", "Hear us live: http://stream.example:8100/live.mp3")]
    [InlineData("comment-form", "Your nickname *")]
    [InlineData("comment-list", "Showing 4 of 31 comments")]
    [InlineData("comment-list", "A reader from the quay says:")]
    [InlineData("newsletter", "Get our free daily briefing, every morning in your inbox.")]
    [InlineData("newsletter", "Chaque vendredi, l’essentiel du port")]
    [InlineData("cookie-notice", "On this page we and our 90 partners store some information on your device.")]
    [InlineData("paywall-prompt", "You have 2 of your free articles left.")]
    [InlineData("paywall-prompt", "Noch 3 freie Artikel in diesem Monat")]
    [InlineData("disclaimer", "This report was translated automatically from the Danish.")]
    [InlineData("feed-footer", "Syndicated from Harbour Post")]
    [InlineData("social-embed", "210 Likes · 14 Comments")]
    [InlineData("social-embed", "Nie udało się wczytać osadzonej treści z wpisu.")]
    [InlineData("social-embed", "Instagram'da izle")]
    [InlineData("stream-link", "In onda: Caffè del porto")]
    [InlineData("stream-link", "Открыть плеер в новом окне")]
    [InlineData("caption", "Klicken Sie zum Vergrößern")]
    [InlineData("caption", "Clicca per ingrandire")]
    [InlineData("paywall-prompt", "Ayda 90 liradan, dilediğiniz zaman iptal edin.")]
    [InlineData("advertisement", "REKLAMA – DALSZA CZĘŚĆ TEKSTU PONIŻEJ")]
    public void A_line_of_residue_below_the_text_goes_as_its_kind(string kind, string line)
    {
        var article = Reading.Text($"{Reading.First}\n{Reading.Second}\n{line}");
        Assert.Equal($"{Reading.First}\n{Reading.Second}", article.Text);
        var removal = Assert.Single(article.Removed);
        Assert.Equal((kind, line, 2), (removal.Kind.WireName(), removal.Text, removal.Position));
    }

    [Theory]
    [InlineData("a sentence about sources", "Sources close to the minister said the second terminal would open before the end of the year.")]
    [InlineData("an archive, photo by photo", "Photo by photo, the archive of the harbour museum was scanned by volunteers over three long winters.")]
    [InlineData("spending, not an advertisement", "Advertisement spending rose sharply in the weeks before the opening, the council's figures show.")]
    [InlineData("prices of shares", "Share prices fell")]
    [InlineData("a one-word question", "Why?")]
    [InlineData("the signature of an embedded post", "— Harbour Post (@harbourpost) March 12, 2024")]
    [InlineData("a tip of some sentences", "Tip: Ask for the early boat, because the late one does not wait for anybody who is late.")]
    [InlineData("a network's name as a question", "Twitter?")]
    [InlineData("a quotation that ends with a stop", "“Share it,” she said.")]
    [InlineData("comments as an act", "Comments by the mayor had angered the crew, who refused to sail until he took them back in public.")]
    [InlineData("a newsletter in the news", "The newsletter of the parish first reported the plan, and nobody in the town hall believed it.")]
    [InlineData("tags on a coat", "Tags on the cargo showed that it had been loaded in the north, port officials told the inquiry.")]
    [InlineData("a date that is told", "On 12 March 2024 the crew signed the contract that would keep the line open for ten years.")]
    [InlineData("reading more", "Read more books, the librarian told the children, and you will never be alone on a long crossing.")]
    [InlineData("an agency in a heading", "What NASA wants from the harbour")]
    [InlineData("a paragraph that begins with by", "By Friday evening the last of the passengers had left, and the terminal was empty again.")]
    [InlineData("cookies to eat", "The bakery by the quay sold more cookies on that day than in the whole month before.")]
    [InlineData("a related case", "Related cases have been before the court since the spring, and none of them has been decided.")]
    [InlineData("from in front", "From the tower the new terminal looks like a ship that somebody forgot on the shore.")]
    [InlineData("navigation at sea", "Navigation lights were missing on two of the boats, the inspectors noted in their report.")]
    [InlineData("a view, not a newsletter", "Subscribe to the view of the pilots and the harbour should close at once; on the quay they do not.")]
    [InlineData("a saying with its author in front", "Von Jonas Hafner stammt der Satz, die Stadt solle endlich den Anleger bauen.")]
    [InlineData("an informant in front", "Par Camille Duquai, nous savons que le port n’a jamais voulu rehausser la digue.")]
    [InlineData("pictures that show something", "Bilder von 1936 zeigen den Hafen ohne Straßenlaternen.")]
    [InlineData("sharing the cost", "Compartir los gastos es lo que propone la autoridad portuaria a los vecinos.")]
    [InlineData("an inbox in a quotation", "“Sign up for the newsletter,” the clerk told everybody who asked when the ferry would sail.")]
    [InlineData("a member of something", "The island wants to become a full member of the union before the year is out, the council said.")]
    [InlineData("every morning", "Chaque matin, le capitaine du port compte les bateaux depuis la fenêtre de son bureau.")]
    [InlineData("disagreement", "Not everyone agrees that the harbour board should dredge the fairway before the winter storms.")]
    public void A_near_miss_inside_the_text_stays(string reason, string line)
    {
        Assert.NotEmpty(reason);
        var article = Reading.Text($"{Reading.First}\n{line}\n{Reading.Second}");
        Assert.Equal($"{Reading.First}\n{line}\n{Reading.Second}", article.Text);
        Assert.Empty(article.Removed);
    }

    [Fact]
    public void An_agencys_slug_above_the_text_goes()
    {
        var article = Reading.Text($"HARBOUR-FERRY/UPDATE 2\n{Reading.First}\n{Reading.Second}");
        Assert.Equal(ResidueKind.DatelineLabel, Assert.Single(article.Removed).Kind);
    }

    [Fact]
    public void Comments_go_with_their_headline_up_to_the_end()
    {
        var article = Reading.Text($"{Reading.First}\n{Reading.Second}\n12 comments\nQuayside Joe says:\nI was there, and it was far too loud for a Tuesday morning.");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.All(article.Removed, r => Assert.Equal(ResidueKind.CommentList, r.Kind));
    }

    [Fact]
    public void A_run_of_labels_below_the_text_goes()
    {
        var article = Reading.Text($"{Reading.First}\n{Reading.Second}\nObituaries\nTide tables\nLost and found");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.Equal(3, article.Removed.Count(r => r.Kind == ResidueKind.Navigation));
    }

    [Fact]
    public void A_line_below_the_text_that_quotes_the_title_is_a_footer()
    {
        var article = Reading.Html($"<title>Harbour opens its new ferry terminal</title><h1>Harbour opens its new ferry terminal</h1><p>{Reading.First}</p><p>{Reading.Second}</p><p>Harbour opens its new ferry terminal came to you first through the Coast Wire</p>");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.Contains(article.Removed, r => r is { Kind: ResidueKind.FeedFooter, Rule: "title-quoted" });
    }

    [Fact]
    public void A_line_below_the_text_that_names_the_site_goes()
    {
        var article = Reading.Html($"<meta property=og:site_name content='Harbour Post'><h1>Ferry terminal</h1><p>{Reading.First}</p><p>{Reading.Second}</p><p>Harbour Post | Since 1911 | Independent</p>");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.Contains(article.Removed, r => r.Kind == ResidueKind.SiteTemplate);
    }

    [Fact]
    public void A_box_that_opens_with_a_prompt_goes_whole()
    {
        var article = Reading.Html($"<h1>Ferry terminal</h1><article><p>{Reading.First}</p><div><p>We use cookies.</p><p>As few as we can, and only after you said so.</p><p>Fine by me</p></div><p>{Reading.Second}</p></article>");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.Equal(3, article.Removed.Count(r => r.Kind == ResidueKind.CookieNotice));
    }

    [Fact]
    public void Lines_of_one_paragraph_are_judged_apart()
    {
        var article = Reading.Html($"<h1>Ferry terminal</h1><p>{Reading.First}</p><p>Advertisement<br>{Reading.Second}</p>");
        Assert.Equal($"{Reading.First}\n{Reading.Second}", article.Text);
    }

    [Fact]
    public void Numbers_in_a_list_of_results_stay()
    {
        var text = $"{Reading.First}\nThe results of the regatta:\nHarbour Rowers\n23\nQuay Club\n17\n{Reading.Second}";
        Assert.Equal(text, Reading.Text(text).Text);
    }

    [Fact]
    public void A_credit_loses_its_label_and_is_kept() =>
        Assert.Equal(["Harbour Press/Keystone"], Reading.Text($"{Reading.First}\n{Reading.Second}\nFoto: Harbour Press/Keystone").Credits);

    [Fact]
    public void Sources_below_a_label_are_kept_one_by_one()
    {
        var article = Reading.Text($"{Reading.First}\n{Reading.Second}\nSources\n- Harbour Post\n- Coast Radio");
        Assert.Equal(["Harbour Post", "Coast Radio"], article.Sources);
        Assert.Equal(2, article.Paragraphs.Count);
    }

    [Fact]
    public void Names_of_a_byline_become_the_authors() =>
        Assert.Equal(["Jonas Hafner", "Lena Kai"], Reading.Text($"Von Jonas Hafner und Lena Kai\n{Reading.First}\n{Reading.Second}").Authors);

    [Fact]
    public void A_comment_form_goes_with_its_fields()
    {
        var article = Reading.Text($"{Reading.First}\n{Reading.Second}\nLeave a Reply\nYour email address will not be published.\nComment *\nName *\nEmail *\nWebsite");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.All(article.Removed, r => Assert.Equal(ResidueKind.CommentForm, r.Kind));
    }

    [Fact]
    public void Headlines_below_a_related_label_go_with_it()
    {
        var article = Reading.Text($"{Reading.First}\n{Reading.Second}\nRelated articles\nFerry prices to rise in spring\nBridge to be torn down");
        Assert.Equal(2, article.Paragraphs.Count);
        Assert.Equal(3, article.Removed.Count(r => r.Kind == ResidueKind.RelatedLinks));
    }

    [Fact]
    public void A_sub_heading_between_paragraphs_stays_a_heading()
    {
        var article = Reading.Text($"{Reading.First}\nA long wait at the quay\n{Reading.Second}");
        Assert.Equal(ParagraphKind.Heading, article.Paragraphs[1].Kind);
        Assert.Null(article.Title);
    }

    [Fact]
    public void Paragraph_offsets_point_into_the_text()
    {
        var article = Reading.Text($"{Reading.First}\n\n  * one ticket   a day\n{Reading.Second}");
        Assert.Equal("- one ticket a day", article.Paragraphs[1].Text);
        Assert.All(article.Paragraphs, p => Assert.Equal(p.Text, article.Text[p.Start..p.End]));
    }
}
