namespace ResourceHub.Engines.Lucene;

/// <summary>An index that is let go of by its last reader: replaced while somebody searches in it, it stays open until that search has ended.</summary>
internal sealed class ShelvedIndex(LuceneIndex index)
{
    private int holders = 1;
    private Action? then;

    public LuceneIndex Index => index;

    public bool IsClosed { get; private set; }

    public bool TryHold()
    {
        while (true)
        {
            var now = Volatile.Read(ref holders);
            if (now == 0) return false;
            if (Interlocked.CompareExchange(ref holders, now + 1, now) == now) return true;
        }
    }

    public void LetGo()
    {
        if (Interlocked.Decrement(ref holders) > 0) return;
        index.Dispose();
        then?.Invoke();
        IsClosed = true;
    }

    /// <summary>Lets go for its owner.</summary>
    /// <param name="afterwards">Once it is closed.</param>
    public void Retire(Action? afterwards = null)
    {
        then = afterwards;
        LetGo();
    }
}
