using Ingest.Worker.Cli;

return await CommandLine.RunAsync(args, CancellationToken.None);
