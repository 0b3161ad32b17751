namespace Ingest.Pipeline.Fetching;

/// <summary>A body as it travels, still packed: counts what comes, stops at the limit and says when enough has come to be patient again.</summary>
/// <param name="inner">The connection's; belongs to the answer.</param>
/// <param name="most">A further byte throws <see cref="LongBodyException"/>: unpacking may read for ever and bring nothing.</param>
/// <param name="counted">Is told how many bytes each read brought.</param>
internal sealed class WireStream(Stream inner, long most, Action<int> counted) : Stream
{
    private const int PeekBytes = 2;

    private readonly byte[] _ahead = new byte[PeekBytes];
    private int _aheadFrom;
    private int _aheadTo;
    private long _count;

    /// <summary>The first two bytes, which are read again afterwards; fewer when there are no more.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(CancellationToken stop)
    {
        while (_aheadTo < PeekBytes && await ReadOnAsync(_ahead.AsMemory(_aheadTo), stop) is > 0 and var read) _aheadTo += read;
        return _ahead.AsMemory(0, _aheadTo);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_aheadFrom == _aheadTo) return ReadOnAsync(buffer, cancellationToken);
        var taken = Math.Min(buffer.Length, _aheadTo - _aheadFrom);
        _ahead.AsMemory(_aheadFrom, taken).CopyTo(buffer);
        _aheadFrom += taken;
        return ValueTask.FromResult(taken);
    }

    private async ValueTask<int> ReadOnAsync(Memory<byte> buffer, CancellationToken stop)
    {
        var read = await inner.ReadAsync(buffer, stop);
        _count += read;
        if (_count > most) throw new LongBodyException();
        counted(read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a thread would wait for the network");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>More travels than is allowed; never leaves <see cref="BodyReader"/>.</summary>
internal sealed class LongBodyException : Exception
{
    public LongBodyException() { }
    public LongBodyException(string message) : base(message) { }
    public LongBodyException(string message, Exception inner) : base(message, inner) { }
}
