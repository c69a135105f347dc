using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>
/// Makes one resource for each state: created and filled by a teacher at the doors, then brought into its state by the resource's own verbs, because the
/// doors would ask for reviews and consents on the way.
/// </summary>
internal sealed class SubjectMaker(HubApp hub, HubPerson creator, string owner, Guid active, Guid over)
{
    private sealed record Plan(string Name, Action<Resource, DateTime> Now, Action<Resource, DateTime>? Before = null);

    private IEnumerable<Plan> Plans() =>
    [
        new("draft", (_, _) => { }),
        new("in review", (r, at) => r.Submit(at)),
        new("private", (r, at) => r.Publish(Visibility.Private, at)),
        new("school", (r, at) => r.Publish(Visibility.School, at)),
        new("partners", Share(active)),
        new("shared with a partnership that is over", Share(over)),
        new("members", (r, at) => r.Publish(Visibility.Members, at)),
        new("public", (r, at) => r.Publish(Visibility.Public, at)),
        new("withdrawn", (r, at) => r.Withdraw(at), Share(active)),
        new("taken back from the partners", (r, at) => r.CloseToSchool(at), Share(active)),
        new("narrowed from public to private", (r, at) => r.Narrow(Visibility.Private, at), (r, at) => r.Publish(Visibility.Public, at)),
        new("deleted", (r, at) => r.Delete(at), (r, at) => r.Publish(Visibility.Public, at)),
    ];

    private static Action<Resource, DateTime> Share(Guid partnership) => (r, at) =>
    {
        r.ShareWith([partnership], at);
        r.Publish(Visibility.Partners, at);
    };

    public async Task<IReadOnlyList<Subject>> MakeAsync()
    {
        List<(Plan Plan, Target Target)> made = [];
        foreach (var plan in Plans()) made.Add((plan, await CreateAsync()));
        await hub.IdleAsync();
        List<Subject> subjects = [];
        foreach (var (plan, target) in made)
        {
            await FinishFilesAsync(target);
            var before = plan.Before is { } first ? await ChangeAsync(target, first) : null;
            if (before is not null) await hub.IdleAsync();
            subjects.Add(new Subject(plan.Name, target, await ChangeAsync(target, plan.Now), before));
        }
        return subjects;
    }

    private async Task<Target> CreateAsync()
    {
        var target = Target.Absent();
        var id = (await creator.QueryAsync(
            """
            mutation($schoolId: ID!, $title: String!) { createResource(input: {
              schoolId: $schoolId, title: $title, kind: "slides", licence: "cc-by", stage: "primary", subject: "mathematics", chapter: "第一单元" }) { resource { id } errors { message } } }
            """, new { schoolId = owner, title = target.Title })).GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString()!;
        var old = await AttachAsync(id, "旧稿");
        return target with { Id = id, OldFileId = old, FileId = await AttachAsync(id, target.FileWord) };
    }

    private async Task<string> AttachAsync(string id, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        using var upload = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = new ByteArrayContent(content) };
        upload.Headers.Add("Tus-Resumable", "1.0.0");
        upload.Headers.Add("Upload-Length", content.Length.ToString());
        upload.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var created = await creator.Client.SendAsync(upload);
        created.EnsureSuccessStatusCode();
        var attached = await creator.QueryAsync(
            "mutation($id: ID!, $uploadId: String!) { attachFile(input: { resourceId: $id, uploadId: $uploadId, name: \"课件.txt\" }) { resource { files { id } } errors { message } } }",
            new { id, uploadId = created.Headers.Location!.ToString().Split('/')[^1] });
        return attached.GetProperty("attachFile").GetProperty("resource").GetProperty("files").EnumerateArray().Last().GetProperty("id").GetString()!;
    }

    /// <summary>The first file gives way to the second, which has a picture; neither has a door of its own yet.</summary>
    private async Task FinishFilesAsync(Target target)
    {
        using var picture = new MemoryStream([0xFF, 0xD8, 0xFF, 0xD9]);
        var poster = await hub.Services.GetRequiredService<IBlobStore>().PutAsync(picture, new BlobInfo("poster.jpg", TimeProvider.System.GetUtcNow().UtcDateTime), default);
        await using var db = await DbAsync();
        var (old, file) = (DoorWorld.IdOf(target.OldFileId), DoorWorld.IdOf(target.FileId));
        await db.Files.Where(f => f.Id == old).ExecuteUpdateAsync(set => set.SetProperty(f => f.RemovedIn, 3));
        await db.Extractions.Where(e => e.FileId == file).ExecuteUpdateAsync(set => set.SetProperty(e => e.PosterSha256, poster.Hex));
    }

    private async Task<Resource> ChangeAsync(Target target, Action<Resource, DateTime> change)
    {
        var (id, now) = (DoorWorld.IdOf(target.Id), TimeProvider.System.GetUtcNow().UtcDateTime);
        await using (var db = await DbAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var resource = await db.Resources.Include(r => r.Shares).SingleAsync(r => r.Id == id);
            var before = ResourceAccess.TokensOf(resource);
            change(resource, now);
            await ResourceTrail.NoteAsync(db, resource, before, resource.State is ResourceState.Withdrawn or ResourceState.Deleted ? ChangeKind.Withdrawn : ChangeKind.Changed, now, default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        hub.Services.GetRequiredService<JobQueue>().Wake();
        hub.Services.GetRequiredService<ChangeSignal>().Raise();
        await using var read = await DbAsync();
        return await read.Resources.AsNoTracking().Include(r => r.Shares).SingleAsync(r => r.Id == id);
    }

    private async Task<HubDb> DbAsync() => await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
}
