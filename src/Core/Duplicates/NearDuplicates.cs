using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Duplicates;

/// <summary>相近的程度。How near two files are.</summary>
public enum Nearness
{
    /// <summary>字节相同。The same bytes.</summary>
    SameBytes,

    /// <summary>文字相同。The same text in other bytes.</summary>
    SameText,

    /// <summary>几乎相同。Nearly the same: half or more of all they say they have in common.</summary>
    NearDuplicate,

    /// <summary>可能由它改编。May be derived from it: a good part in common, or most of one in the other.</summary>
    Derived,
}

/// <summary>Another resource's file that is near to one of this resource's.</summary>
/// <param name="Jaccard">Shingles in common, of all that either has; 0 to 1.</param>
/// <param name="Containment">The greater share that one of the two has in the other; 0 to 1.</param>
public sealed record NearFile(Guid OfFileId, ResourceFile File, Guid ResourceId, Nearness Nearness, double Jaccard, double Containment);

/// <summary>Suggests what an upload may be a copy or a new version of, among what the asker may see. It only suggests.</summary>
public sealed class NearDuplicates(IDbContextFactory<HubDb> databases)
{
    public const double Near = 0.5;
    public const double DerivedJaccard = 0.3;
    public const double DerivedContainment = 0.6;

    /// <summary>Estimates below this are not looked at closer: the estimate is off by .04, rarely by .1.</summary>
    private const double Promising = 0.18;

    /// <summary>Candidates of one file whose texts are compared.</summary>
    private const int MostCompared = 8;

    /// <summary>Files that share a band; a text that everybody has, such as a printed form, shares it with very many.</summary>
    private const int MostCandidates = 2000;

    /// <summary>The nearest first, one for each other resource.</summary>
    public async Task<IReadOnlyList<NearFile>> FindAsync(Viewer viewer, Guid resourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var files = await db.Files.AsNoTracking().Where(f => f.ResourceId == resourceId && f.RemovedIn == null).ToListAsync(ct);
        List<NearFile> found = [];
        foreach (var file in files)
        {
            found.AddRange(await SameBytesAsync(db, viewer, resourceId, file, ct));
            if (await db.FileSketches.AsNoTracking().FirstOrDefaultAsync(s => s.FileId == file.Id, ct) is { } sketch) found.AddRange(await AlikeAsync(db, viewer, resourceId, file, sketch, ct));
        }
        return [.. found.GroupBy(f => f.ResourceId).Select(g => g.OrderBy(f => f.Nearness).ThenByDescending(f => f.Jaccard).First()).OrderBy(f => f.Nearness).ThenByDescending(f => f.Jaccard).ThenBy(f => f.ResourceId)];
    }

    /// <summary>Current files of other resources that the viewer sees.</summary>
    private static IQueryable<ResourceFile> Others(HubDb db, Viewer viewer, Guid resourceId)
        => db.Resources.VisibleTo(viewer).Where(r => r.Id != resourceId).SelectMany(r => r.Files).Where(f => f.RemovedIn == null);

    private static async Task<IEnumerable<NearFile>> SameBytesAsync(HubDb db, Viewer viewer, Guid resourceId, ResourceFile file, CancellationToken ct)
        => (await Others(db, viewer, resourceId).AsNoTracking().Where(f => f.Sha256 == file.Sha256).OrderBy(f => f.Id).Take(20).ToListAsync(ct)).Select(f => new NearFile(file.Id, f, f.ResourceId, Nearness.SameBytes, 1, 1));

    private static async Task<List<NearFile>> AlikeAsync(HubDb db, Viewer viewer, Guid resourceId, ResourceFile file, FileSketch sketch, CancellationToken ct)
    {
        var keys = Sketching.Bands(sketch).ToArray();
        var ids = await db.SketchBands.Where(b => keys.Contains(b.Key) && b.FileId != file.Id).Select(b => b.FileId).Distinct().Take(MostCandidates).ToArrayAsync(ct);
        var sketches = await db.FileSketches.AsNoTracking().Where(s => ids.Contains(s.FileId)).ToListAsync(ct);
        var promising = sketches.Select(s => (Sketch: s, Estimate: Sketching.Estimate(sketch, s))).Where(s => s.Estimate >= Promising).ToDictionary(s => s.Sketch.FileId);
        var near = promising.Keys.ToArray();
        // What may be seen is asked before the best are taken: what is hidden must not push out what is not.
        var seen = await Others(db, viewer, resourceId).AsNoTracking().Where(f => near.Contains(f.Id) && f.Sha256 != file.Sha256).ToListAsync(ct);
        var own = await ShinglesAsync(db, file.Id, ct);
        List<NearFile> found = [];
        foreach (var other in seen.OrderByDescending(f => promising[f.Id].Estimate).ThenBy(f => f.Id).Take(MostCompared))
        {
            if (promising[other.Id].Sketch.TextHash.AsSpan().SequenceEqual(sketch.TextHash))
            {
                found.Add(new NearFile(file.Id, other, other.ResourceId, Nearness.SameText, 1, 1));
                continue;
            }
            var theirs = await ShinglesAsync(db, other.Id, ct);
            double common = own.Count < theirs.Count ? own.Count(theirs.Contains) : theirs.Count(own.Contains);
            var (jaccard, containment) = (common / (own.Count + theirs.Count - common), common / Math.Min(own.Count, theirs.Count));
            if (jaccard >= Near) found.Add(new NearFile(file.Id, other, other.ResourceId, Nearness.NearDuplicate, jaccard, containment));
            else if (jaccard >= DerivedJaccard || containment >= DerivedContainment) found.Add(new NearFile(file.Id, other, other.ResourceId, Nearness.Derived, jaccard, containment));
        }
        return found;
    }

    /// <summary>Hidden slides count: what is alike is told by numbers, not shown.</summary>
    private static async Task<HashSet<ulong>> ShinglesAsync(HubDb db, Guid fileId, CancellationToken ct)
        => Sketching.Shingles(Sketching.Fold(await db.Sections.Where(s => s.FileId == fileId).OrderBy(s => s.Ordinal).Select(s => s.Text).ToListAsync(ct)));
}
