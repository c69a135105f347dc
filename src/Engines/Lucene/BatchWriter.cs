using System.Runtime.ExceptionServices;
using Lucene.Net.Index;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>Puts documents into the index on as many threads as there are processors: cutting text and filling Lucene's tables is all computing.</summary>
internal static class BatchWriter
{
    private const int WorthOneThread = 8;

    public static void Write(IndexWriter writer, IReadOnlyCollection<ResourceDocument> documents)
    {
        var threads = Math.Clamp(documents.Count / WorthOneThread, 1, Environment.ProcessorCount);
        try
        {
            Parallel.ForEach(documents, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new DocumentBuilder(), (document, _, builder) =>
            {
                writer.UpdateDocument(IdTerm(document.Id), builder.Of(document));
                return builder;
            }, _ => { });
        }
        // Callers know a full disk or a damaged file by its own name.
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    public static global::Lucene.Net.Index.Term IdTerm(Guid id) => new(IndexFields.Id, id.ToString("n"));
}
