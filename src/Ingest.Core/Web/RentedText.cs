using System.Buffers;
using System.Text;

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

    public ReadOnlyMemory<char> Characters { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
    }
}
