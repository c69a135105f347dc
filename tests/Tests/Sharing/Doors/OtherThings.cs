using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Partnerships and their papers, people, keys, invitations, reviews, consents, uploads, jobs and the audit log, each at its doors.</summary>
internal sealed class OtherThings(DoorWorld world)
{
    private readonly string nobody = GlobalId.Of<Partnership>(Guid.CreateVersion7());

    public async Task<IReadOnlyList<Thing>> MakeAsync()
        => [.. Partnerships(), await AgreementAsync(), .. People(), .. await KeysAsync(), .. await InvitationsAsync(), .. await ReviewsAsync(), .. await UploadsAsync(), .. await WorkAsync()];

    private IEnumerable<Thing> Partnerships()
    {
        (string Name, string Id, Func<Actor, bool> Known, Func<Actor, bool> Members)[] pairs =
        [
            ("active", world.ActivePair, Who.Everybody, Who.OfSchools(world.Owner, world.Partner)),
            ("over", world.OverPair, Who.Everybody, Who.OfSchools(world.Owner, world.Former)),
            ("proposed", world.ProposedPair, Who.OfSchools(world.Owner, world.Elsewhere), Who.OfSchools(world.Owner, world.Elsewhere)),
        ];
        foreach (var (name, id, known, members) in pairs)
        {
            yield return Of($"{name} partnership by node", "query($id: ID!) { node(id: $id) { __typename ... on Partnership { name } } }", known, "结对");
            yield return Of($"{name} partnership", "query($id: ID!) { partnership(id: $id) { name state from until subjects { code } members { school { name } } } }", known, "结对");
            yield return Of($"{name} partnership in the list", "{ partnerships(first: 100) { nodes { id } } }", known, id) with { HidesWhole = false };
            yield return Of($"{name} partnership at its school", $"{{ school(id: \"{world.Owner}\") {{ partnerships(first: 100) {{ nodes {{ id }} }} }} }}", known, id) with { HidesWhole = false };
            yield return Of($"activity of the {name} partnership", "query($id: ID!) { partnership(id: $id) { activity { nodes { kind } } } }", members, "\"kind\"") with { HidesWhole = name == "proposed" };
            if (name != "over") yield return Of($"the {name} partnership among one's own", "{ viewer { partnerships { id } } }", a => name == "active" && !Who.IsHubAdmin(a) && members(a), id) with { HidesWhole = false };
            if (name == "proposed")
                foreach (var (mutation, input) in new[] { ("acceptPartnership", ""), ("declinePartnership", "reason: \"不合适\""), ("endPartnership", "on: \"2090-01-01\""), ("attachAgreement", "uploadId: \"none\"") })
                    yield return Of($"{mutation} of the {name} partnership", $"mutation($id: ID!) {{ {mutation}(input: {{ partnershipId: $id {input} }}) {{ errors {{ code message path }} }} }}", Who.Nobody, "\"errors\":[]") with { Asked = a => !known(a) };

            Thing Of(string door, string ask, Func<Actor, bool> isOpen, string shows) => new(door, ask, id, nobody, isOpen, shows);
        }
    }

    private async Task<Thing> AgreementAsync()
    {
        var upload = await world.Hub.UploadAsync("%PDF-1.4"u8.ToArray(), "协议.pdf");
        await world.Hub.QueryAsync("mutation($id: ID!, $upload: String!) { attachAgreement(input: { partnershipId: $id, uploadId: $upload }) { errors { message } } }", new { id = world.ActivePair, upload }, HubApp.AdminKey);
        return new Thing("agreement file", "GET /agreements/{id}", world.ActivePair, nobody, Who.OfSchools(world.Owner, world.Partner), null);
    }

    private IEnumerable<Thing> People()
    {
        (string Name, string School)[] people = [("creator", world.Owner), ("partner", world.Partner), ("hub admin", "")];
        foreach (var (name, school) in people)
        {
            var id = GlobalId.Of<Person>(world[name].Asker!.Id);
            var known = school == "" ? Who.Only("hub admin") : Who.OfSchools(school);
            var ruled = school == "" ? Who.Only("hub admin") : a => a.Name == name || Who.AdminsOf(school)(a);
            yield return Of("by node", "query($id: ID!) { node(id: $id) { __typename ... on Person { displayName } } }", known, "人员");
            yield return Of("by person", "query($id: ID!) { person(id: $id) { displayName role places { role } } }", known, "人员");
            yield return Of("user name", "query($id: ID!) { person(id: $id) { userName } }", ruled, "person-") with { HidesWhole = false };
            if (school != "") yield return Of("among the members", $"{{ school(id: \"{school}\") {{ members(first: 100) {{ nodes {{ id }} }} }} }}", known, id) with { HidesWhole = false };
            foreach (var (mutation, input) in new[] { ("setRole", "role: TEACHER"), ("removeMember", ""), ("offerNewPassword", "") })
                yield return Of(mutation, $"mutation($id: ID!) {{ {mutation}(input: {{ personId: $id {input} }}) {{ errors {{ code message path }} }} }}", Who.Nobody, "\"errors\":[]") with { Asked = a => !known(a) };

            Thing Of(string door, string ask, Func<Actor, bool> isOpen, string shows) => new($"{name}, {door}", ask, id, GlobalId.Of<Person>(Guid.CreateVersion7()), isOpen, shows);
        }
    }

    private async Task<IEnumerable<Thing>> KeysAsync()
    {
        var id = (await world.Hub.QueryAsync("mutation($id: ID!) { createApiKey(input: { name: \"门户密钥\", schoolId: $id, role: TEACHER }) { apiKey { id } errors { message } } }", new { id = world.Owner }, HubApp.AdminKey))
            .GetProperty("createApiKey").GetProperty("apiKey").GetProperty("id").GetString()!;
        var absent = GlobalId.Of<ApiKey>(Guid.CreateVersion7());
        return
        [
            new Thing("key by node", "query($id: ID!) { node(id: $id) { id } }", id, absent, Who.Nobody, "\"id\""),
            new Thing("keys", "{ apiKeys(first: 100) { nodes { name } } }", id, absent, Who.AdminsOf(world.Owner), "门户密钥") { HidesWhole = false },
            new Thing("keys of the school", $"{{ apiKeys(schoolId: \"{world.Owner}\", first: 100) {{ nodes {{ name }} }} }}", id, absent, Who.AdminsOf(world.Owner), "门户密钥") { HidesWhole = false },
            new Thing("revoking a key", "mutation($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { errors { code message path } } }", id, absent, Who.Nobody, "\"errors\":[]") { Asked = a => !Who.AdminsOf(world.Owner)(a) },
        ];
    }

    private async Task<IEnumerable<Thing>> InvitationsAsync()
    {
        var made = (await world.Hub.QueryAsync("mutation($id: ID!) { inviteMember(input: { schoolId: $id, displayName: \"受邀的人\", role: TEACHER }) { secret invitation { id } errors { message } } }", new { id = world.Owner }, HubApp.AdminKey)).GetProperty("inviteMember");
        var (id, secret) = (made.GetProperty("invitation").GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
        var used = (await world.Hub.QueryAsync("mutation($id: ID!) { inviteMember(input: { schoolId: $id, displayName: \"受邀的人\", role: TEACHER }) { secret invitation { id } errors { message } } }", new { id = world.Owner }, HubApp.AdminKey)).GetProperty("inviteMember");
        await world.Hub.QueryAsync("mutation($id: ID!) { revokeInvitation(input: { invitationId: $id }) { errors { message } } }", new { id = used.GetProperty("invitation").GetProperty("id").GetString() }, HubApp.AdminKey);
        const string offer = "query($id: String!) { invitation(secret: $id) { displayName } }";
        return
        [
            new Thing("invitation by its secret", offer, secret, Invitation.NewSecret(), Who.Everybody, "受邀的人"),
            new Thing("revoked invitation by its secret", offer, used.GetProperty("secret").GetString()!, Invitation.NewSecret(), Who.Nobody, "受邀的人"),
            new Thing("invitation by node", "query($id: ID!) { node(id: $id) { id } }", id, GlobalId.Of<Invitation>(Guid.CreateVersion7()), Who.Nobody, "\"id\""),
            new Thing("invitations of the school", $"{{ school(id: \"{world.Owner}\") {{ invitations(first: 100) {{ nodes {{ displayName }} }} }} }}", id, id, Who.AdminsOf(world.Owner), "受邀的人") { HidesWhole = false },
            new Thing("revoking an invitation", "mutation($id: ID!) { revokeInvitation(input: { invitationId: $id }) { errors { code message path } } }", id, GlobalId.Of<Invitation>(Guid.CreateVersion7()), Who.Nobody, "\"errors\":[]") { Asked = a => !Who.AdminsOf(world.Owner)(a) },
        ];
    }

    private async Task<IEnumerable<Thing>> ReviewsAsync()
    {
        var (waiting, open) = (world.Subjects.Single(s => s.Name == "in review"), world.Beacon);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var review = new Review { ResourceId = waiting.Resource.Id, SchoolId = waiting.Resource.SchoolId, Version = 1, SubmittedBy = world["creator"].Asker!.Id, SubmittedAt = now, Visibility = Visibility.School, Note = "请尽快审核" };
        var decided = new Review { ResourceId = open.Resource.Id, SchoolId = open.Resource.SchoolId, Version = 1, SubmittedBy = world["creator"].Asker!.Id, SubmittedAt = now, Visibility = Visibility.Public, Note = "请审核公开" };
        decided.Decide(true, world["school admin"].Asker!.Id, now, [], "同意公开");
        await using (var db = await world.DbAsync())
        {
            db.AddRange(review, decided, new Consent { ResourceId = open.Resource.Id, Holder = "教务处存档", Scope = Visibility.Public, RecordedBy = world["school admin"].Asker!.Id, RecordedAt = now });
            await db.SaveChangesAsync();
        }
        const string reviews = "query($id: ID!) { resource(id: $id) { review { note comment submittedBy } reviews { nodes { note } } } }";
        return
        [
            new Thing("open review", reviews, waiting.Target.Id, Target.Absent().Id, Who.Only("creator", "school admin", "hub admin"), "请尽快审核"),
            new Thing("decided review of what is public", reviews, open.Target.Id, Target.Absent().Id, Who.OfSchools(world.Owner), "请审核公开") { HidesWhole = false },
            new Thing("review by node", "query($id: ID!) { node(id: $id) { id } }", GlobalId.Of<Review>(review.Id), GlobalId.Of<Review>(Guid.CreateVersion7()), Who.Nobody, "\"id\""),
            new Thing("review queue", "{ reviewQueue(first: 100) { totalCount nodes { note } } }", "", "", Who.AdminsOf(world.Owner), "请尽快审核") { HidesWhole = false },
            new Thing("review queue of the school", $"{{ reviewQueue(schoolId: \"{world.Owner}\", first: 100) {{ nodes {{ note }} }} }}", "", "", Who.AdminsOf(world.Owner), "请尽快审核") { HidesWhole = false },
            new Thing("consent to what is public", "query($id: ID!) { resource(id: $id) { consent { holder } } }", open.Target.Id, Target.Absent().Id, Who.OfSchools(world.Owner), "教务处存档") { HidesWhole = false },
            new Thing("what one made oneself", "{ viewer { resources(first: 100) { nodes { title } } } }", "", "", Who.Only("creator"), waiting.Target.Word) { HidesWhole = false },
        ];
    }

    private async Task<IEnumerable<Thing>> UploadsAsync()
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/uploads");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", "10");
        using var created = await world["creator"].Client.SendAsync(create);
        var id = created.Headers.Location!.ToString().Split('/')[^1];
        var absent = new string(id.Select((c, n) => n % 2 == 0 ? '0' : c).ToArray());
        var draft = world.Subjects.Single(s => s.Name == "draft").Target.Id;
        return
        [
            new Thing("HEAD of an upload", "HEAD /uploads/{id}", id, absent, Who.Only("creator"), null),
            new Thing("PATCH of an upload", "PATCH /uploads/{id}", id, absent, Who.Nobody, null) { Asked = a => a.Name != "creator" },
            new Thing("DELETE of an upload", "DELETE /uploads/{id}", id, absent, Who.Nobody, null) { Asked = a => a.Name != "creator" },
            new Thing("attaching an upload", $"mutation($id: String!) {{ attachFile(input: {{ resourceId: \"{draft}\", uploadId: $id, name: \"a.txt\" }}) {{ errors {{ code message path }} }} }}", id, absent, Who.Nobody, "\"errors\":[]") { Asked = a => a.Name != "creator" },
        ];
    }

    private async Task<IEnumerable<Thing>> WorkAsync()
    {
        await using var db = await world.DbAsync();
        // Work that waits for a day that does not come.
        var subject = world.Beacon.Resource.Id;
        await JobQueue.PromiseAsync(db, "never", subject, JobPriority.Bulk, TimeProvider.System.GetUtcNow().UtcDateTime, default);
        var job = GlobalId.Of("Job", (await db.Jobs.Where(j => j.Kind == "never").Select(j => j.Id).SingleAsync()).ToString());
        await db.Jobs.Where(j => j.Kind == "never").ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Failed));
        var line = world["hub admin"].Asker!.Id;
        return
        [
            new Thing("job by node", "query($id: ID!) { node(id: $id) { id } }", job, GlobalId.Of("Job", "999999"), Who.Nobody, "\"id\""),
            new Thing("jobs", "{ jobs { nodes { kind } } }", "", "", Who.IsHubAdmin, "never") { HidesWhole = false },
            new Thing("audit lines about the school's partnership", $"{{ auditEvents(filter: {{ objectId: \"{world.ProposedPair}\" }}) {{ nodes {{ action }} }} }}", "", "", Who.AdminsOf(world.Owner), "partnership-proposed") { HidesWhole = false },
            new Thing("audit lines of the school", $"{{ auditEvents(filter: {{ schoolId: \"{world.Owner}\" }}) {{ nodes {{ action }} }} }}", "", "", Who.AdminsOf(world.Owner), "\"action\"") { HidesWhole = false },
            new Thing("audit.csv", "GET /audit.csv?x={id}", "1", "2", a => Who.IsHubAdmin(a) || a.Asker?.Role == Role.SchoolAdmin, null) { HidesWhole = false },
        ];
    }
}
