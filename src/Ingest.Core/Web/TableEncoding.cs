using System.Text;

namespace Ingest.Core.Web;

/// <summary>Single-byte charsets that .NET does not carry: the upper half as a table, the lower half ASCII.</summary>
internal sealed class TableEncoding : Encoding
{
    // The upper 96 characters (0xA0 to 0xFF); 0x80 to 0x9F are the C1 controls in each of these.
    private static readonly TableEncoding[] All =
    [
        new("iso-8859-10",
            "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ"),
        new("iso-8859-14",
            "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ"),
        new("iso-8859-16",
            "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"),
    ];

    private readonly string _name;
    private readonly string _upper;

    private TableEncoding(string name, string upper) => (_name, _upper) = (name, upper);

    public override string WebName => _name;
    public override bool IsSingleByte => true;

    public static TableEncoding? Find(string name) =>
        Array.Find(All, e => string.Equals(e._name, name, StringComparison.OrdinalIgnoreCase));

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var b = bytes[byteIndex + i];
            chars[charIndex + i] = b < 0xA0 ? (char)b : _upper[b - 0xA0];
        }

        return byteCount;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException("Nothing is written in a legacy charset.");

    public override int GetMaxByteCount(int charCount) => charCount;
}
