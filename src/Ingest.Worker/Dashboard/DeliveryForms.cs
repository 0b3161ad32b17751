using System.Globalization;
using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Dashboard;

/// <summary>Which sink is to be tried at once.</summary>
internal sealed record ResumeForm
{
    public string? Sink { get; init; }
}

/// <summary>Which dead letters are to be sent again: one, or all of a sink.</summary>
internal sealed record ReplayForm
{
    public string? Sink { get; init; }

    /// <summary>Sequence and sink, <c>1042 partner</c>.</summary>
    public string? Letter { get; init; }

    public static string LetterOf(DeadLetter letter) => string.Create(CultureInfo.InvariantCulture, $"{letter.Sequence} {letter.Sink}");

    /// <summary>Null when the fields name nothing.</summary>
    public (string Sink, long? Sequence)? Choice()
    {
        if (string.IsNullOrEmpty(Letter)) return string.IsNullOrEmpty(Sink) ? null : (Sink, null);
        return Letter.Split(' ', 2) is [var number, { Length: > 0 } sink] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? (sink, sequence) : null;
    }
}
