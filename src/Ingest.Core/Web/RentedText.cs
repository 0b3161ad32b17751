using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ingest.Core.Web;

/// <summary>A text in memory that is given back with it: do not keep slices.</summary>
internal sealed class RentedText : IDisposable
{
    private readonly char[]? _rented;

    public RentedText(string text) => Characters = text.AsMemory();

    public RentedText(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        _rented = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(bytes.Length));
        Characters = _rented.AsMemory(0, encoding.GetChars(bytes, _rented));
    }

    private RentedText(char[] rented, int length) => (_rented, Characters) = (rented, rented.AsMemory(0, length));

    public ReadOnlyMemory<char> Characters { get; }

    /// <summary>Null when the bytes are not UTF-8.</summary>
    public static RentedText? OfUtf8(ReadOnlySpan<byte> bytes)
    {
        var rented = ArrayPool<char>.Shared.Rent(bytes.Length);
        if (Utf8.ToUtf16(bytes, rented, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
            return new RentedText(rented, length);
        ArrayPool<char>.Shared.Return(rented);
        return null;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
    }
}
