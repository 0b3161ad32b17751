using Ingest.Pipeline.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>The clocks that run while one request does; the connection's is kept by the handler.</summary>
internal sealed class Deadlines : IDisposable
{
    private readonly FetchingOptions _options;
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _answer;
    private readonly CancellationTokenSource _untilEnd;
    private readonly CancellationTokenSource _untilAnswer;

    /// <param name="left">What is left of the time for everything.</param>
    public Deadlines(TimeSpan left, FetchingOptions options, TimeProvider clock, CancellationToken stop)
    {
        _options = options;
        _whole = new CancellationTokenSource(left, clock);
        _answer = new CancellationTokenSource(options.AnswerTimeout, clock);
        _untilEnd = CancellationTokenSource.CreateLinkedTokenSource(_whole.Token, stop);
        _untilAnswer = CancellationTokenSource.CreateLinkedTokenSource(_untilEnd.Token, _answer.Token);
    }

    public CancellationToken UntilAnswer => _untilAnswer.Token;
    public CancellationToken UntilEnd => _untilEnd.Token;

    /// <summary>Which of them ended the request.</summary>
    public FetchOutcome.Failed FaultOf(OperationCanceledException error) => error switch
    {
        { InnerException: TimeoutException } => new(FetchFault.ConnectTimeout, $"no connection within {Seconds(_options.ConnectTimeout)} (Fetching:ConnectTimeout)"),
        _ when _whole.IsCancellationRequested => Whole(_options),
        _ => new(FetchFault.NoAnswer, $"no answer within {Seconds(_options.AnswerTimeout)} (Fetching:AnswerTimeout)"),
    };

    public static FetchOutcome.Failed Whole(FetchingOptions options) => new(FetchFault.Timeout, $"no whole answer within {Seconds(options.Timeout)} (Fetching:Timeout)");

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.#} s";

    public void Dispose()
    {
        _untilAnswer.Dispose();
        _untilEnd.Dispose();
        _answer.Dispose();
        _whole.Dispose();
    }
}
