using System.Text;

namespace Ingest.Core.Web;

/// <summary>Reads the bytes of a UTF-8 text that are not UTF-8 as windows-1252, one by one: two texts were pasted together.</summary>
internal sealed class StrayBytes : DecoderFallback
{
    private static readonly StrayBytes Instance = new();

    /// <summary>UTF-8 that forgives such bytes.</summary>
    public static Encoding Utf8 { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, Instance);

    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _at;

        public override int Remaining => _text.Length - _at;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _text = MisreadText.WithoutControls(Encoding.Latin1.GetString(bytesUnknown));
            _at = 0;
            return true;
        }

        public override char GetNextChar() => _at < _text.Length ? _text[_at++] : '\0';

        public override bool MovePrevious()
        {
            var canMove = _at > 0;
            _at -= canMove ? 1 : 0;
            return canMove;
        }
    }
}
