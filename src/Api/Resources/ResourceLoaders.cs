using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Audit;
using ResourceHub.Api.Catalogue;
using ResourceHub.Api.Changes;
using ResourceHub.Api.Collections;
using ResourceHub.Api.Comparison;
using ResourceHub.Api.Courses;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Api.People;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Files;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Resources;

public static class ResourceLoaders
{
    /// <summary>Every loader of the role: one of each for a request.</summary>
    public static IServiceCollection AddLoaders(this IServiceCollection services) => services
        .AddScoped<ResourceById>().AddScoped<FilesOfResource>().AddScoped<FileById>().AddScoped<ExtractionOfFile>().AddScoped<OwnerOfFile>().AddScoped<SectionCount>().AddScoped<SectionsOfFile>()
        .AddScoped<VersionsOfResource>().AddScoped<RelatedToResource>().AddScoped<PartnershipsOfResource>()
        .AddScoped<AudienceOfResource>().AddScoped<NewestReview>().AddScoped<ReviewsOfResource>().AddScoped<ReviewCount>().AddScoped<NewestConsent>()
        .AddScoped<AdaptationsOfResource>().AddScoped<AdaptationCount>().AddScoped<ActorName>().AddScoped<AttributionOfResource>()
        .AddScoped<SchoolById>().AddScoped<PartnershipById>().AddScoped<PartnershipsOfSchool>().AddScoped<SharedWithPartnership>().AddScoped<SharedShelf>().AddScoped<ActorKind>().AddScoped<ActivityOfPartnership>().AddScoped<ActivityDesk>()
        .AddScoped<PackById<Lesson>>().AddScoped<PartsOfLesson>().AddScoped<AdaptationsOfLesson>().AddScoped<AdaptationCountOfLesson>().AddScoped<LessonsOfResource>().AddScoped<LessonCountOfResource>()
        .AddScoped<PartnershipsOfPack>().AddScoped<AudienceOfPack>().AddScoped<VersionsOfPack>().AddScoped<VersionOfPack>().AddScoped<HeldInVersion>().AddScoped<KindOfPack>()
        .AddScoped<PackById<Course>>().AddScoped<LessonsOfCourse>().AddScoped<FollowersOfCourse>().AddScoped<StandingOfLesson>().AddScoped<PackById<Collection>>().AddScoped<ItemsOfCollection>()
        .AddScoped<CatalogueNodeById>().AddScoped<ChildrenOfNode>().AddScoped<SiblingsOfNode>().AddScoped<FiledUnderNode>()
        .AddScoped<PersonById>().AddScoped<AccountOfPerson>();
}

/// <summary>Only what the viewer may see: absent and forbidden are alike.</summary>
public sealed class ResourceById(IDbContextFactory<HubDb> databases, ResourceRows rows, Viewer viewer) : BatchLoader<Guid, Resource>
{
    protected override async Task<IReadOnlyDictionary<Guid, Resource>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await rows.ByIdAsync(db, viewer, keys, ct);
    }
}

/// <summary>The files of the current version.</summary>
public sealed class FilesOfResource(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, IReadOnlyList<ResourceFile>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<ResourceFile>>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var files = await db.Files.AsNoTracking().Where(f => keys.Contains(f.ResourceId) && f.RemovedIn == null).OrderBy(f => f.AddedIn).ThenBy(f => f.Id).ToListAsync(ct);
        return files.GroupBy(f => f.ResourceId).ToDictionary(g => g.Key, g => (IReadOnlyList<ResourceFile>)[.. g]);
    }
}

/// <summary>A file is as visible as its resource.</summary>
public sealed class FileById(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, ResourceFile>
{
    protected override async Task<IReadOnlyDictionary<Guid, ResourceFile>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = db.Resources.VisibleTo(viewer);
        // A file that a later version took out stays the owner school's own.
        return await db.Files.AsNoTracking()
            .Where(f => keys.Contains(f.Id) && visible.Any(r => r.Id == f.ResourceId && (f.RemovedIn == null || viewer.IsHubAdmin || r.SchoolId == viewer.SchoolId)))
            .ToDictionaryAsync(f => f.Id, ct);
    }
}

public sealed class ExtractionOfFile(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, FileExtraction>
{
    protected override async Task<IReadOnlyDictionary<Guid, FileExtraction>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var read = await db.Extractions.AsNoTracking().Where(e => keys.Contains(e.FileId)).ToDictionaryAsync(e => e.FileId, ct);
        // A file that nobody has begun to read is waiting to be read.
        return keys.ToDictionary(k => k, k => read.GetValueOrDefault(k) ?? new FileExtraction { FileId = k, State = ExtractionState.Pending });
    }
}

/// <summary>The school that owns a file's resource.</summary>
public sealed class OwnerOfFile(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, Guid>
{
    protected override async Task<IReadOnlyDictionary<Guid, Guid>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Files.Where(f => keys.Contains(f.Id)).Select(f => new { f.Id, f.Resource!.SchoolId }).ToDictionaryAsync(f => f.Id, f => f.SchoolId, ct);
    }
}

/// <param name="WithHidden">Hidden slides and sheets are the owner school's alone.</param>
public sealed record SectionsPage(Guid FileId, int First, int After, bool WithHidden);

/// <summary>One statement for each different page size and start, however many files.</summary>
public sealed class SectionsOfFile(IDbContextFactory<HubDb> databases) : BatchLoader<SectionsPage, IReadOnlyList<FileSection>>
{
    protected override async Task<IReadOnlyDictionary<SectionsPage, IReadOnlyList<FileSection>>> LoadBatchAsync(IReadOnlyList<SectionsPage> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<SectionsPage, IReadOnlyList<FileSection>>();
        foreach (var alike in keys.GroupBy(k => k with { FileId = default }))
        {
            var (_, first, after, withHidden) = alike.Key;
            var files = alike.Select(k => k.FileId).ToList();
            var sections = await db.Extractions.Where(e => files.Contains(e.FileId))
                .SelectMany(e => db.Sections.Where(s => s.FileId == e.FileId && s.Ordinal > after && (withHidden || !s.Hidden)).OrderBy(s => s.Ordinal).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofFile in sections.GroupBy(s => s.FileId)) found[alike.Key with { FileId = ofFile.Key }] = [.. ofFile.OrderBy(s => s.Ordinal)];
        }
        return found;
    }
}

/// <summary>How many sections a file has, with or without the hidden ones.</summary>
public sealed class SectionCount(IDbContextFactory<HubDb> databases) : BatchLoader<(Guid File, bool WithHidden), int>
{
    protected override async Task<IReadOnlyDictionary<(Guid File, bool WithHidden), int>> LoadBatchAsync(IReadOnlyList<(Guid File, bool WithHidden)> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var files = keys.Select(k => k.File).Distinct().ToList();
        var counts = await db.Sections.Where(s => files.Contains(s.FileId)).GroupBy(s => s.FileId)
            .Select(g => new { File = g.Key, All = g.Count(), Hidden = g.Count(s => s.Hidden) }).ToDictionaryAsync(c => c.File, ct);
        return keys.ToDictionary(k => k, k => counts.GetValueOrDefault(k.File) is { } c ? k.WithHidden ? c.All : c.All - c.Hidden : 0);
    }
}

public sealed record VersionsPage(Guid ResourceId, int First, int? Before);

/// <summary>The newest first.</summary>
public sealed class VersionsOfResource(IDbContextFactory<HubDb> databases) : BatchLoader<VersionsPage, IReadOnlyList<ResourceVersion>>
{
    protected override async Task<IReadOnlyDictionary<VersionsPage, IReadOnlyList<ResourceVersion>>> LoadBatchAsync(IReadOnlyList<VersionsPage> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<VersionsPage, IReadOnlyList<ResourceVersion>>();
        foreach (var alike in keys.GroupBy(k => k with { ResourceId = default }))
        {
            var (_, first, before) = alike.Key;
            var resources = alike.Select(k => k.ResourceId).ToList();
            var versions = await db.Resources.Where(r => resources.Contains(r.Id))
                .SelectMany(r => db.ResourceVersions.Where(v => v.ResourceId == r.Id && (before == null || v.Number < before)).OrderByDescending(v => v.Number).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofOne in versions.GroupBy(v => v.ResourceId)) found[alike.Key with { ResourceId = ofOne.Key }] = [.. ofOne.OrderByDescending(v => v.Number)];
        }
        return found;
    }
}

public sealed record RelatedKey(Resource Resource, int First)
{
    public bool Equals(RelatedKey? other) => other is not null && other.Resource.Id == Resource.Id && other.First == First;

    public override int GetHashCode() => HashCode.Combine(Resource.Id, First);
}

public sealed class RelatedToResource(IDbContextFactory<HubDb> databases, RelatedResources resources, Viewer viewer) : BatchLoader<RelatedKey, IReadOnlyList<RelatedResource>>
{
    protected override async Task<IReadOnlyDictionary<RelatedKey, IReadOnlyList<RelatedResource>>> LoadBatchAsync(IReadOnlyList<RelatedKey> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<RelatedKey, IReadOnlyList<RelatedResource>>();
        foreach (var alike in keys.GroupBy(k => k.First))
        {
            var related = await resources.FindAsync(db, viewer, [.. alike.Select(k => k.Resource)], alike.Key, ct);
            foreach (var key in alike) found[key] = related[key.Resource.Id];
        }
        return found;
    }
}

/// <summary>The partnerships a resource is shared with, as far as they are the viewer's to know.</summary>
public sealed class PartnershipsOfResource(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, IReadOnlyList<Partnership>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Partnership>>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var shares = await db.ResourceShares.AsNoTracking().Where(s => keys.Contains(s.ResourceId)).ToListAsync(ct);
        var ids = shares.Select(s => s.PartnershipId).Distinct().ToList();
        var partnerships = await db.Partnerships.AsNoTracking().Include(p => p.Members).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return shares.GroupBy(s => s.ResourceId).ToDictionary(g => g.Key, g => (IReadOnlyList<Partnership>)[.. g.Select(s => partnerships[s.PartnershipId]).OrderBy(p => p.Id)]);
    }
}
