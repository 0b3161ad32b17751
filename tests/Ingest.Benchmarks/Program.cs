using System.Text;
using Ingest.Benchmarks;

// XmlReader knows the old charsets only when they are registered.
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};
return await CommandLine.RunAsync(args, interrupted.Token);
