using Ingest.Torture.Receivers;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.DiskFull"/>
internal sealed class DiskFull(FullDisk disk) : Fault(FaultKind.DiskFull)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>It has recovered when the file has grown.</summary>
    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        if (!disk.CanFill) return null;
        disk.Fill();
        await Task.Delay(planned.Lasts, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        disk.Free();
        var before = disk.Length;
        return _ => Task.FromResult(disk.Length != before);
    }
}
