using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Ingest.Core.Articles.Rules;

/// <summary>What words mean, for those who ask about every word of a page: a third of what a frozen dictionary takes to look up a part of a text.</summary>
internal sealed class WordTable<T>
{
    private readonly (string? Word, T Value)[] _slots;

    public WordTable(IReadOnlyCollection<KeyValuePair<string, T>> words)
    {
        _slots = new (string?, T)[BitOperations.RoundUpToPowerOf2(2 * (uint)words.Count + 1)];
        foreach (var (word, value) in words)
            _slots[SlotOf(word)] = (word, value);
    }

    public bool TryGetValue(ReadOnlySpan<char> word, [MaybeNullWhen(false)] out T value)
    {
        ref var slot = ref _slots[SlotOf(word)];
        value = slot.Value;
        return slot.Word is not null;
    }

    // The word's own, or the next free one.
    private uint SlotOf(ReadOnlySpan<char> word)
    {
        var slot = WordHash.Of(word) & ((uint)_slots.Length - 1);
        while (_slots[slot].Word is { } other && !word.SequenceEqual(other))
            slot = (slot + 1) & ((uint)_slots.Length - 1);
        return slot;
    }
}

/// <summary>A hash of the first four characters of a word, the last four and the length. Only for words that come with the program: others could be made to be alike.</summary>
internal static class WordHash
{
    public static uint Of(ReadOnlySpan<char> word)
    {
        if (word.Length < 4)
            return word.IsEmpty ? 0 : Mix(word[0] | (ulong)word[word.Length / 2] << 16 | (ulong)word[^1] << 32 | (ulong)word.Length << 48);
        var bytes = MemoryMarshal.AsBytes(word);
        return Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) + (ulong)bytes.Length ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]), 29));
    }

    public static uint OfPair(uint first, uint second) => Mix((ulong)first << 32 | second);

    private static uint Mix(ulong value) => (uint)(value * 0x9E3779B97F4A7C15 >> 32);
}
