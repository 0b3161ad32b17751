using Ingest.Torture;
using Ingest.Torture.Receivers;
using Ingest.Torture.Verdicts;

if (args is [QueueConsumer.Verb]) return await QueueConsumer.RunAsync();
if (CommandLine.Read(args) is not { } options)
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}
using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    ending.Cancel();
};
try
{
    var verdict = await new TortureRun(options, Console.Out.WriteLine).RunAsync(ending.Token);
    Console.Out.WriteLine();
    Console.Out.Write(VerdictTable.Write(verdict));
    return verdict.Wrong.Count == 0 ? 0 : 1;
}
catch (OperationCanceledException) when (ending.IsCancellationRequested)
{
    return 130;
}
