using System.Collections.Frozen;

namespace Ingest.Core.Feeds.Dates;

/// <summary>Words of dates. Names that mean different months in different languages (Czech and Croatian "listopad") are left out.</summary>
internal static class DateWords
{
    private static readonly FrozenDictionary<string, int> Months = Numbered(
        "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari ianuarie ocak leden ledna styczeń stycznia sty január januára январь января янв січня ιαν ιανουαρίου tammikuu tammikuuta",
        "february feb februar feber février févr fév fevrier febrero fevereiro fev febbraio februari februarie şubat únor února luty lutego február februára febr февраль февраля фев лютого φεβ φεβρουαρίου helmikuu helmikuuta",
        "march mar märz maerz mär mrz mars marzo março marco maart mrt martie mart březen března marzec marca március márc март марта мар березня μαρ μαρτίου maaliskuu maaliskuuta",
        "april apr avril avr abril abr aprile aprilie nisan duben dubna kwiecień kwietnia kwi apríl apríla április ápr апрель апреля апр квітня απρ απριλίου huhtikuu huhtikuuta",
        "may mai mayo maio maggio mag mei maj maja máj mája május mayıs květen května май мая травня μαι μαϊ μαΐου toukokuu toukokuuta",
        "june jun juni juin junio junho giugno giu iunie haziran červen června czerwiec czerwca cze jún júna június júni июнь июня июн червня ιουν ιούν ιουνίου kesäkuu kesäkuuta",
        "july jul juli juillet juil julio julho luglio lug iulie temmuz červenec července lipiec lipca júl júla július júli июль июля июл липня ιουλ ιούλ ιουλίου heinäkuu heinäkuuta",
        "august aug août aout agosto ago augustus augusti ağustos srpen srpna sierpień sierpnia sie augusta augusztus август августа авг серпня αυγ αύγ αυγούστου elokuu elokuuta",
        "september sept sep septembre septiembre setembro set settembre septembrie eylül září wrzesień września wrz septembra szeptember szept сентябрь сентября сен вересня σεπ σεπτεμβρίου syyskuu syyskuuta",
        "october oct oktober okt octobre octubre outubro out ottobre ott octombrie ekim říjen října październik października paź október októbra октябрь октября окт жовтня οκτ οκτωβρίου lokakuu lokakuuta",
        "november nov novembre noviembre novembro noiembrie kasım novembra ноябрь ноября ноя листопада νοε νοέ νοεμβρίου marraskuu marraskuuta",
        "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre decembrie aralık prosinec prosince grudzień grudnia gru decembra декабрь декабря дек грудня δεκ δεκεμβρίου joulukuu joulukuuta");

    /// <summary>Words between the parts that carry nothing.</summary>
    private static readonly FrozenSet<string> Fillers = Set(
        "t at on of the st nd rd th um à a le de del den d di il o kl klo uhr el y года г 년 월 일 年 月 日");

    private static readonly FrozenSet<string> Afternoon = Set("pm p 오후 下午 μμ");
    private static readonly FrozenSet<string> Morning = Set("am 오전 上午 πμ");

    public static int? Month(string word) => Months.TryGetValue(word, out var month) ? month : null;

    public static bool IsFiller(string word) => Fillers.Contains(word);

    public static bool IsAfternoon(string word) => Afternoon.Contains(word);

    public static bool IsMorning(string word) => Morning.Contains(word);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();

    private static FrozenDictionary<string, int> Numbered(params string[] months) =>
        months.SelectMany((names, i) => names.Split(' ').Select(name => (name, month: i + 1))).ToFrozenDictionary(m => m.name, m => m.month);
}
