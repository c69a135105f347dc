using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

/// <summary>A school's own version of what it received: a draft of its own with the same files, that knows what it is based on and how far it may go.</summary>
public sealed class Adaptations(ChangeDesk desk)
{
    public Task<Outcome<Resource>> AdaptAsync(Viewer viewer, Guid id, Guid schoolId, string? title, string? key, CancellationToken ct)
        => desk.MakeAsync<Resource>(viewer, key, "adaptResource", new { id, schoolId, title }, async (db, now) =>
        {
            List<Problem> problems = [];
            var source = await db.Resources.AsNoTracking().Include(r => r.Shares).Include(r => r.Files).AsSplitQuery().VisibleTo(viewer).FirstOrDefaultAsync(r => r.Id == id, ct);
            if (source is null) problems.Add(Problem.NotFound("资源") with { Path = ["resourceId"] });
            if (!viewer.CanWriteFor(schoolId) || !await db.Schools.AnyAsync(s => s.Id == schoolId, ct)) problems.Add(Problem.NotFound("学校") with { Path = ["schoolId"] });
            if (title is not null) Required.Line(title, "title", Resource.TitleLimit, problems);
            if (problems.Count > 0) return problems;
            if (!LicenceRules.MayAdapt(source!, schoolId))
                return new Problem("LICENCE_FORBIDS", "授权方式不允许改编。Its licence does not allow adapting.", "resourceId");
            if (await CopyAsync(db, viewer, source!, schoolId, title, now, ct) is not { } copy)
                return new Problem("SOURCE_LIMITS", "这所学校看不到来源，不能为它改编。That school does not see the source, so nothing is adapted for it.", "schoolId");
            // Of the source: its school reads there who made something of it.
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Adapted, source!, $"version {source!.Version}", now, ct);
            return copy;
        }, ct);

    /// <summary>
    /// Makes the school's own draft of a source in the caller's transaction, with the same files and all the trail of something new. Null when the school itself does
    /// not see the source. Needs the source's shares and files; whether its licence allows it is the caller's to ask.
    /// </summary>
    internal static async Task<Resource?> CopyAsync(HubDb db, Viewer viewer, Resource source, Guid schoolId, string? title, DateTime now, CancellationToken ct)
    {
        var received = source.SchoolId == schoolId ? source.Received : await ReceivedAsync(db, source, schoolId, now, ct);
        if (source.SchoolId != schoolId && received is null) return null;
        var copy = CopyOf(source, schoolId, viewer.ActorId!.Value, title, received, now);
        db.Add(copy);
        db.Add(ResourceVersion.Of(copy, viewer.ActorId.Value, "adapted", now));
        foreach (var file in source.CurrentFiles)
        {
            var own = new ResourceFile { ResourceId = copy.Id, Name = file.Name, MediaType = file.MediaType, Size = file.Size, Sha256 = file.Sha256, AddedIn = copy.Version, AddedAt = now };
            db.Add(own);
            await JobQueue.PromiseAsync(db, JobKinds.Extract, own.Id, JobPriority.Interactive, now, ct);
        }
        await ResourceTrail.NoteAsync(db, copy, [], ChangeKind.Created, now, ct);
        return copy;
    }

    /// <summary>How far the source is open to a school other than its own; null when it is not.</summary>
    private static Task<Received?> ReceivedAsync(HubDb db, Resource source, Guid schoolId, DateTime now, CancellationToken ct)
        => ReceivedAsync(db, source.State, source.Visibility, source.Shares.ConvertAll(s => s.PartnershipId), source.Licence, schoolId, now, ct);

    internal static async Task<Received?> ReceivedAsync(HubDb db, ResourceState state, Visibility visibility, IReadOnlyCollection<Guid> shared, string? licence, Guid schoolId, DateTime now, CancellationToken ct)
    {
        if (state != ResourceState.Published || visibility < Visibility.Partners) return null;
        if (visibility > Visibility.Partners) return new Received(visibility, [], licence);
        var through = await db.Partnerships.InForceOn(SchoolDay.Of(now)).Where(p => shared.Contains(p.Id) && p.Members.Any(m => m.SchoolId == schoolId)).Select(p => p.Id).ToListAsync(ct);
        return through.Count == 0 ? null : new Received(Visibility.Partners, through, licence);
    }

    /// <summary>Whether pupils can be seen goes with the files; a consent does not, since another school holds it.</summary>
    private static Resource CopyOf(Resource source, Guid schoolId, Guid by, string? title, Received? received, DateTime now)
    {
        var copy = new Resource
        {
            SchoolId = schoolId,
            CreatedBy = by,
            Title = CleanText.Line(title) ?? source.Title,
            Description = source.Description,
            Kind = source.Kind,
            Stage = source.Stage,
            Grades = [.. source.Grades],
            Subject = source.Subject,
            Edition = source.Edition,
            Volume = source.Volume,
            Chapter = source.Chapter,
            Language = source.Language,
            Licence = source.Licence,
            Keywords = [.. source.Keywords],
            Contributors = [.. source.Contributors],
            ShowsPupils = source.ShowsPupils,
            BasedOnId = source.Id,
            BasedOnVersion = source.Version,
            Received = received,
            CreatedAt = now,
        };
        copy.Touch(now);
        return copy;
    }
}
