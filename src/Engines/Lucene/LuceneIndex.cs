using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>Search in this process, in one folder. One writer at a time; searches go on while it writes.</summary>
internal sealed class LuceneIndex(string path, ILogger<LuceneIndex> log) : ISearchIndex, IPrepareAtStart, IDisposable
{
    /// <summary>An index up to this size is proven before the hub opens its doors; a larger one beside its work, at some 300 MB a second.</summary>
    private const long ProvenAtStart = 64L << 20;

    private const string LayoutKey = "layout", WholeKey = "whole", Yes = "yes", No = "no";

    private readonly FieldOrdinals[] ordinals = [.. IndexFields.Facets.Select(_ => new FieldOrdinals())];
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly CancellationTokenSource closing = new();
    private IndexFolder? folder;
    private volatile Snapshot? current;
    private volatile string trouble = "";
    private HeldRevisions? held;
    private volatile bool isBehind, isWhole, isProven;
    private Task later = Task.CompletedTask;

    public async Task PrepareAsync(CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            OpenFolder();
        }
        finally
        {
            writing.Release();
        }
    }

    public Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct) => ChangeAsync(writer =>
    {
        if (documents.Count + removals.Count == 0) return;
        var newest = new Dictionary<Guid, ResourceDocument>();
        foreach (var document in documents)
            if (held!.Accept(document.Id, document.Revision, isRemoval: false)) newest[document.Id] = document;
        BatchWriter.Write(writer, newest.Values);
        foreach (var removal in removals)
            if (held!.Accept(removal.Id, removal.Revision, isRemoval: true)) writer.UpdateDocument(BatchWriter.IdTerm(removal.Id), DocumentBuilder.Of(removal));
        // While it is not whole a crash makes the rebuild begin anew, whatever was kept: then nothing is flushed before it is full or asked for.
        if (isWhole) Commit(writer, asWhole: true);
        else isBehind = true;
    }, ct);

    public Task ClearAsync(CancellationToken ct) => ChangeAsync(writer =>
    {
        writer.DeleteAll();
        isWhole = false;
        trouble = "正在重建索引。The index is being rebuilt.";
        Commit(writer, asWhole: false);
    }, ct);

    public Task MarkWholeAsync(CancellationToken ct) => ChangeAsync(writer =>
    {
        Commit(writer, asWhole: true);
        // Not before it is on the disk: who asks in the meantime would take it for whole.
        isWhole = isProven = true;
        trouble = "";
    }, ct);

    public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken ct)
        => ReadAsync(snapshot => new PageFinder(snapshot, request, ordinals).Find(), ct);

    public Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(SuggestRequest request, CancellationToken ct)
        => request.First <= 0 ? Task.FromResult<IReadOnlyList<SuggestedPhrase>>([]) : ReadAsync(snapshot => new PhraseFinder(snapshot, request).Find(), ct);

    public Task<IReadOnlyDictionary<Guid, HeldDocument>> HeldAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
        => ReadAsync(snapshot => new HeldRevisions(snapshot).Find(ids), ct);

    public async Task<IndexHealth> HealthAsync(CancellationToken ct)
    {
        // Not behind a long write: health is asked every few seconds.
        if (current is null) await PrepareAsync(ct);
        var documents = current!.Resources;
        return isWhole ? new(true, documents, $"{documents} 个资源。{documents} resources.", Bytes: Size()) : new(false, documents, trouble, Bytes: Size());
    }

    private long Size()
    {
        try
        {
            return new DirectoryInfo(path).EnumerateFiles().Sum(f => f.Length);
        }
        // A merge takes its old files away while they are counted; the next look counts the new ones.
        catch (IOException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        Task.WaitAny(later);
        current?.LetGo();
        current = null;
        folder?.Dispose();
        folder = null;
        writing.Dispose();
    }

    private Task<bool> ProveAsync(CancellationToken ct) => ReadAsync(snapshot =>
    {
        IndexDamage.Prove(snapshot, ct);
        return isProven = true;
    }, ct);

    private async Task<T> ReadAsync<T>(Func<Snapshot, T> read, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (current is null || isBehind) await RefreshAsync(ct);
            var snapshot = current!;
            // A writer may have replaced and closed it in between: then there is a newer one.
            if (!snapshot.TryHold()) continue;
            try
            {
                return read(snapshot);
            }
            catch (Exception damage) when (IsDamage(damage))
            {
                await EmptyAsync(damage, snapshot, ct);
            }
            finally
            {
                snapshot.LetGo();
            }
        }
    }

    /// <summary>Opens what is not open, and lets searches see what was written.</summary>
    private async Task RefreshAsync(CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            OpenFolder();
            if (isBehind) Reopen(folder!.Writer);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Fewer segments are faster to search; nobody should wait for the next write to see them.</summary>
    private async Task ShowMergedAsync()
    {
        await writing.WaitAsync(closing.Token);
        try
        {
            if (folder is not null && isWhole) Reopen(folder.Writer);
        }
        finally
        {
            writing.Release();
        }
    }

    private void Later(Func<Task> work)
    {
        lock (closing)
        {
            if (!closing.IsCancellationRequested) later = Task.WhenAll(later, Task.Run(work, closing.Token));
        }
    }

    private async Task ChangeAsync(Action<IndexWriter> change, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            OpenFolder();
            try
            {
                change(folder!.Writer);
            }
            catch (Exception damage) when (IndexDamage.IsSure(damage))
            {
                StartEmpty(damage);
                throw;
            }
            finally
            {
                // After some failures Lucene closes its writer for good; the next change opens a new one.
                if (folder is { Writer.IsClosed: true }) CloseFolder();
            }
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task EmptyAsync(Exception damage, Snapshot damaged, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            // Another search or write may have found the same damage first.
            if (ReferenceEquals(damaged, current)) StartEmpty(damage);
        }
        finally
        {
            writing.Release();
        }
    }

    private void OpenFolder()
    {
        if (folder is not null) return;
        folder = IndexFolder.Open(path, Look, Merging);
        trouble = folder.Trouble ?? trouble;
        folder.IsFilling = !isWhole;
        if (!isProven) Later(() => ProveAsync(closing.Token));
    }

    private void StartEmpty(Exception damage)
    {
        CloseFolder();
        folder = IndexFolder.Empty(path, $"索引损坏，已清空。The index was damaged ({damage.GetType().Name}) and emptied.", Look, Merging);
        trouble = folder.Trouble!;
        log.Damaged(damage);
    }

    private void CloseFolder()
    {
        folder?.Abandon();
        folder = null;
    }

    /// <summary>Takes over what was opened, if it is of this layout.</summary>
    private void Look(IndexFolder opened)
    {
        var notes = opened.Writer.CommitData;
        if (opened.Trouble is null && (!notes.TryGetValue(LayoutKey, out var layout) || layout != IndexFields.Layout))
            throw new InvalidDataException($"Layout {layout}, not {IndexFields.Layout}.");
        var reader = DirectoryReader.Open(opened.Writer, applyAllDeletes: true);
        isWhole = notes.TryGetValue(WholeKey, out var whole) && whole == Yes;
        isProven = opened.Trouble is not null;
        if (!isWhole) trouble = "重建索引没有完成。A rebuild has not ended.";
        var snapshot = Snapshot.Of(reader, null, ordinals);
        if (!isProven && SizeOfFolder() <= ProvenAtStart)
        {
            IndexDamage.Prove(snapshot, default);
            isProven = true;
        }
        Show(snapshot);
    }

    private long SizeOfFolder() => System.IO.Directory.EnumerateFiles(path).Sum(f => new FileInfo(f).Length);

    private void Commit(IndexWriter writer, bool asWhole)
    {
        folder!.IsFilling = !asWhole;
        writer.SetCommitData(new Dictionary<string, string> { [LayoutKey] = IndexFields.Layout, [WholeKey] = asWhole ? Yes : No });
        writer.Commit();
        Reopen(writer);
    }

    private void Reopen(IndexWriter writer)
    {
        isBehind = false;
        if (DirectoryReader.OpenIfChanged((DirectoryReader)current!.Reader, writer, applyAllDeletes: true) is { } reader) Show(Snapshot.Of(reader, current, ordinals));
    }

    private void Show(Snapshot next)
    {
        (var last, current) = (current, next);
        held = new(next);
        isBehind = false;
        last?.LetGo();
    }

    private bool IsDamage(Exception e) => e switch
    {
        OperationCanceledException or OutOfMemoryException or LockObtainFailedException => false,
        // Before its checksums have been compared, a damaged block may make Lucene throw anything; afterwards such a thing is a bug of ours.
        _ => !isProven || IndexDamage.IsSure(e),
    };

    private QuietMerges Merging() => new(() => Later(ShowMergedAsync), NoteFailedMerge);

    private void NoteFailedMerge(Exception failure)
    {
        log.NotMerged(failure);
        if (IndexDamage.IsSure(failure) && current is { } damaged) Later(() => EmptyAsync(failure, damaged, closing.Token));
    }
}
