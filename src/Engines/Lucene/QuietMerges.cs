using Lucene.Net.Index;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// Merges beside the writing, one at a time: a merge of large segments takes many seconds, and no write should wait for it. Lucene's own throws what goes
/// wrong on a thread of its own, which ends the process; here it is only told, as nothing is lost by a merge that did not happen.
/// </summary>
internal sealed class QuietMerges : ConcurrentMergeScheduler
{
    private readonly Action<Exception> failed;

    public QuietMerges(Action<Exception> failed)
    {
        this.failed = failed;
        SetMaxMergesAndThreads(maxMergeCount: 4, maxThreadCount: 1);
    }

    protected override void HandleMergeException(Exception exc) => failed(exc);
}
