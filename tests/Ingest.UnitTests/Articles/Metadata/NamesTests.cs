using Ingest.Core.Articles.Metadata;

namespace Ingest.UnitTests.Articles.Metadata;

public sealed class NamesTests
{
    [Theory]
    [InlineData("one name", "Erika Muster", "Erika Muster")]
    [InlineData("two with and", "By Erika Muster and John Sample", "Erika Muster; John Sample")]
    [InlineData("two in German", "Von Erika Muster und Max von der Heide", "Erika Muster; Max von der Heide")]
    [InlineData("label with colon", "Autor: Erika Muster", "Erika Muster")]
    [InlineData("French", "Par Amélie Exemple", "Amélie Exemple")]
    [InlineData("Russian", "Автор: Иван Примеров", "Иван Примеров")]
    [InlineData("label grown to the name", "ByErika Muster", "Erika Muster")]
    [InlineData("work before the name", "Redakteurin Erika Muster", "Erika Muster")]
    [InlineData("work behind the name", "John Sample, Staff Writer", "John Sample")]
    [InlineData("degrees", "John Sample, PhD", "John Sample")]
    [InlineData("a handle behind the name", "Erika Muster @erika", "Erika Muster")]
    [InlineData("the pictures' maker", "Erika Muster Fotos: Max Beispiel", "Erika Muster")]
    [InlineData("a template's words", "View all posts by Erika Muster", "Erika Muster")]
    [InlineData("a section behind the name", "By Erika Muster in Politics, Ports", "Erika Muster")]
    [InlineData("a section that was cut off", "Erika Muster in ", "")]
    [InlineData("a time behind the name", "Posted by Erika Muster at 21:11", "Erika Muster")]
    [InlineData("a paper behind the name", "Erika Muster for The Harbour Post", "Erika Muster")]
    [InlineData("two with and as a headline writes it", "By Erika Muster And John Sample", "Erika Muster; John Sample")]
    [InlineData("an article before a nickname", "der Michel", "der Michel")]
    [InlineData("whom an interview is with", "Interview mit Erika Muster", "")]
    [InlineData("an address is nobody", "https://news.example/author/erika", "")]
    [InlineData("an account of the program", "admin", "")]
    [InlineData("a label alone", "Von", "")]
    [InlineData("a mail address", "erika@news.example", "")]
    [InlineData("a list of tags", "Politics, Sports, Culture, Science", "")]
    public void A_field_gives_its_names(string reason, string field, string expected) =>
        Assert.True(string.Join("; ", Names.Read(field).Select(n => n.Text)) == expected, $"{reason}: {string.Join("; ", Names.Read(field))}");

    [Theory]
    [InlineData("Erika Muster", nameof(NameKind.Person))]
    [InlineData("Redaktion", nameof(NameKind.Organisation))]
    [InlineData("Harbour Post Staff", nameof(NameKind.Organisation))]
    [InlineData("harbourpost.de", nameof(NameKind.Organisation))]
    [InlineData("seagull77", nameof(NameKind.Handle))]
    [InlineData("焦鹏", nameof(NameKind.Person))]
    public void Persons_are_told_from_teams(string name, string kind) =>
        Assert.Equal(Enum.Parse<NameKind>(kind), Assert.Single(Names.Read(name)).Kind);
}
