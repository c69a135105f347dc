using Lucene.Net.Index;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// Merges beside the writing, one at a time: a merge of large segments takes many seconds, and no write should wait for it. Lucene's own throws what goes
/// wrong on a thread of its own, which ends the process; here it is only told, as nothing is lost by a merge that did not happen.
/// </summary>
internal sealed class QuietMerges : ConcurrentMergeScheduler
{
    private readonly Action merged;
    private readonly Action<Exception> failed;

    /// <param name="merged">Called after each merge, on a thread of Lucene's.</param>
    /// <param name="failed">Called with what went wrong, on such a thread.</param>
    public QuietMerges(Action merged, Action<Exception> failed)
    {
        (this.merged, this.failed) = (merged, failed);
        SetMaxMergesAndThreads(maxMergeCount: 4, maxThreadCount: 1);
    }

    protected override void DoMerge(MergePolicy.OneMerge merge)
    {
        base.DoMerge(merge);
        merged();
    }

    protected override void HandleMergeException(Exception exc) => failed(exc);
}
