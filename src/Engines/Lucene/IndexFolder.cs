using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneFolder = Lucene.Net.Store.Directory;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// An index folder, opened for writing and reading. What cannot be read is thrown away and opened empty: everything in it can be made anew from the record,
/// and a hub that does not start helps nobody.
/// </summary>
internal sealed class IndexFolder : IDisposable
{
    /// <summary>Megabytes of terms held before they become a segment: daily changes are few; a rebuild is faster with fewer, larger segments to merge.</summary>
    private const double DailyBuffer = 32, RebuildBuffer = 96;

    /// <summary>Segments of one size that there may be before they are merged. Filling, they are left for later: what is to be merged with more is not merged twice.</summary>
    private const int DailySegments = 10, RebuildSegments = 30;

    private readonly LuceneFolder folder;

    private IndexFolder(LuceneFolder folder, IndexWriter writer, string? trouble)
    {
        this.folder = folder;
        Writer = writer;
        Trouble = trouble;
    }

    public IndexWriter Writer { get; }

    /// <summary>Why it was opened empty; null when it was opened as it stood.</summary>
    public string? Trouble { get; }

    /// <summary>Whether much is to come at once.</summary>
    public bool IsFilling
    {
        set
        {
            Writer.Config.RAMBufferSizeMB = value ? RebuildBuffer : DailyBuffer;
            // One file a segment: fewer to flush to the disk for a small change, but everything is copied once more.
            Writer.Config.UseCompoundFile = !value;
            var merges = (TieredMergePolicy)Writer.Config.MergePolicy;
            merges.SegmentsPerTier = merges.MaxMergeAtOnce = value ? RebuildSegments : DailySegments;
        }
    }

    /// <param name="look">Looks through what was opened; what it throws is taken for damage.</param>
    /// <param name="merging">How its segments are merged.</param>
    /// <exception cref="IOException">Another process has it open, or the disk cannot be written.</exception>
    public static IndexFolder Open(string path, Action<IndexFolder> look, Func<QuietMerges> merging)
    {
        System.IO.Directory.CreateDirectory(path);
        var isNew = !System.IO.Directory.EnumerateFiles(path).Any(f => Path.GetFileName(f) != IndexWriter.WRITE_LOCK_NAME);
        if (isNew) return Empty(path, "新建的索引。The index is new.", look, merging);
        IndexFolder? opened = null;
        try
        {
            opened = Open(path, OpenMode.APPEND, null, merging);
            look(opened);
            return opened;
        }
        catch (LockObtainFailedException)
        {
            throw;
        }
        // A damaged file makes Lucene throw anything: one flipped bit in a count asks for more memory than there is.
        catch (Exception damage)
        {
            opened?.Abandon();
            return Empty(path, $"索引损坏，已清空。The index was damaged ({damage.GetType().Name}) and emptied.", look, merging);
        }
    }

    /// <summary>Throws everything in the folder away and starts anew.</summary>
    public static IndexFolder Empty(string path, string trouble, Action<IndexFolder> look, Func<QuietMerges> merging)
    {
        System.IO.Directory.CreateDirectory(path);
        foreach (var file in System.IO.Directory.EnumerateFiles(path))
            if (Path.GetFileName(file) != IndexWriter.WRITE_LOCK_NAME) File.Delete(file);
        var opened = Open(path, OpenMode.CREATE, trouble, merging);
        look(opened);
        return opened;
    }

    private static IndexFolder Open(string path, OpenMode mode, string? trouble, Func<QuietMerges> merging)
    {
        var folder = FSDirectory.Open(path);
        try
        {
            return new(folder, new IndexWriter(folder, Config(mode, merging)), trouble);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static IndexWriterConfig Config(OpenMode mode, Func<QuietMerges> merging) => new(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
    {
        OpenMode = mode,
        Similarity = new LengthNorm(),
        RAMBufferSizeMB = DailyBuffer,
        MergeScheduler = merging(),
        MergePolicy = new TieredMergePolicy(),
        CheckIntegrityAtMerge = true,
    };

    public void Dispose()
    {
        Writer.Dispose(waitForMerges: false);
        folder.Dispose();
    }

    /// <summary>Lets go without writing anything more.</summary>
    public void Abandon()
    {
        try
        {
            Writer.Rollback();
        }
        catch (Exception)
        {
            // The writer trips over the same damage; its lock must go all the same.
            IndexWriter.Unlock(folder);
        }
        folder.Dispose();
    }
}
