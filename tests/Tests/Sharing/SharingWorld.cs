using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;

namespace ResourceHub.Tests.Sharing;

/// <summary>A hub with a school that gives, one that takes through an agreement, and one elsewhere; each with keys that do what its teachers and admins do.</summary>
public sealed class SharingWorld : IAsyncLifetime
{
    public HubApp Hub { get; private set; } = null!;
    public ManualClock Clock { get; } = new();

    /// <summary>华新实验小学, its partner 巴中第一实验小学, and 德阳二中 elsewhere.</summary>
    public string Giver { get; private set; } = null!;
    public string Taker { get; private set; } = null!;
    public string Elsewhere { get; private set; } = null!;

    /// <summary>Primary only.</summary>
    public string Agreement { get; private set; } = null!;

    public string Author { get; private set; } = null!;
    public string Colleague { get; private set; } = null!;
    public string Admin { get; private set; } = null!;
    public string OtherAdmin { get; private set; } = null!;
    public string TakerTeacher { get; private set; } = null!;
    public string TakerAdmin { get; private set; } = null!;
    public string Outsider { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Hub = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(Clock));
        Giver = await Hub.SchoolAsync("华新实验小学");
        Taker = await Hub.SchoolAsync("巴中第一实验小学");
        Elsewhere = await Hub.SchoolAsync("德阳二中");
        Agreement = await PartnershipAsync("协同发展协议", ["primary"], Giver, Taker);
        Author = await Hub.KeyAsync(Giver);
        Colleague = await Hub.KeyAsync(Giver);
        Admin = await Hub.KeyAsync(Giver, "SCHOOL_ADMIN");
        OtherAdmin = await Hub.KeyAsync(Giver, "SCHOOL_ADMIN");
        TakerTeacher = await Hub.KeyAsync(Taker);
        TakerAdmin = await Hub.KeyAsync(Taker, "SCHOOL_ADMIN");
        Outsider = await Hub.KeyAsync(Elsewhere);
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    public async Task<string> PartnershipAsync(string name, string[] stages, params string[] schoolIds)
        => (await Hub.QueryAsync(
                "mutation($input: CreatePartnershipInput!) { createPartnership(input: $input) { partnership { id } errors { message } } }",
                new { input = new { kind = "PAIR", name, schoolIds, stages, from = "2020-09-01", until = "2027-08-31" } }, HubApp.AdminKey))
            .GetProperty("createPartnership").GetProperty("partnership").GetProperty("id").GetString()!;

    public Task EndAsync(string partnershipId)
        => Hub.QueryAsync("mutation($id: ID!, $on: Date!) { endPartnership(input: { partnershipId: $id, on: $on }) { errors { message } } }", new { id = partnershipId, on = Clock.UtcNow.ToString("yyyy-MM-dd") }, HubApp.AdminKey);

    /// <summary>A draft with all that a review needs, of the author unless told otherwise.</summary>
    public async Task<string> DraftAsync(string title, string? key = null, string? school = null, string kind = "lesson-plan", string licence = "cc-by-sa", string text = "异分母分数先通分")
    {
        var input = new { schoolId = school ?? Giver, title, kind, licence, stage = "primary", grades = new[] { "g5" }, subject = "mathematics" };
        var made = await ChangeAsync("createResource", input, key ?? Author, "resource { id }");
        var id = made.GetProperty("resource").GetProperty("id").GetString()!;
        await Hub.AttachAsync(id, System.Text.Encoding.UTF8.GetBytes(text), $"{title}.txt", key ?? Author);
        return id;
    }

    /// <summary>A draft of the author, submitted and approved; for the school when nothing else is wanted.</summary>
    public async Task<string> ReviewedAsync(string title, object? wanted = null, string licence = "cc-by-sa", string kind = "lesson-plan")
    {
        var id = await DraftAsync(title, licence: licence, kind: kind);
        await ApproveAsync(id, wanted);
        return id;
    }

    public async Task ApproveAsync(string id, object? wanted = null)
    {
        await ChangeAsync("submitForReview", With(wanted, id), Author);
        await ChangeAsync("approveResource", new { resourceId = id }, Admin);
    }

    public object Partners => new { visibility = "PARTNERS", partnershipIds = new[] { Agreement } };

    private static Dictionary<string, object?> With(object? wanted, string id)
    {
        var input = wanted is null ? [] : JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(wanted))!;
        input["resourceId"] = id;
        return input;
    }

    /// <summary>A mutation that must be done.</summary>
    public async Task<JsonElement> ChangeAsync(string mutation, object input, string? key, string fields = "clientMutationId")
        => (await Hub.QueryAsync(Document(mutation, fields), new { input }, key)).GetProperty(mutation);

    /// <summary>A mutation that must be refused: the codes with their paths, as CODE or CODE(path).</summary>
    public async Task<string[]> RefusedAsync(string mutation, object input, string? key)
    {
        var answer = await Hub.AskAsync(Document(mutation, "clientMutationId"), new { input }, key);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        string[] codes = [.. answer.GetProperty("data").GetProperty(mutation).GetProperty("errors").EnumerateArray().Select(Code)];
        Assert.NotEmpty(codes);
        return codes;

        static string Code(JsonElement error)
            => error.GetProperty("code").GetString() + (error.GetProperty("path") is { ValueKind: JsonValueKind.Array } path ? $"({string.Join(",", path.EnumerateArray())})" : "");
    }

    /// <summary>What the first reason says.</summary>
    public async Task<string> WhyAsync(string mutation, object input, string? key)
        => (await Hub.AskAsync(Document(mutation, "clientMutationId"), new { input }, key)).GetProperty("data").GetProperty(mutation).GetProperty("errors")[0].GetProperty("message").GetString()!;

    private static string Document(string mutation, string fields)
        => $"mutation($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {{ {fields} errors {{ code message path }} }} }}";

    /// <summary>Fields of a resource as somebody sees it; JSON null when they do not.</summary>
    public async Task<JsonElement> SeeAsync(string id, string fields, string? key) => (await Hub.QueryAsync($"query($id: ID!) {{ resource(id: $id) {{ {fields} }} }}", new { id }, key)).GetProperty("resource");

    public async Task<bool> IsSeenAsync(string id, string? key) => (await SeeAsync(id, "id", key)).ValueKind != JsonValueKind.Null;

    /// <summary>Titles of what a search gives, with its count.</summary>
    public async Task<(int Total, string[] Titles)> SearchAsync(string text, string? key)
    {
        var found = (await Hub.QueryAsync("query($text: String) { search(text: $text) { totalCount edges { node { title } } } }", new { text }, key)).GetProperty("search");
        return (found.GetProperty("totalCount").GetInt32(), [.. found.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("title").GetString()!)]);
    }

    public async Task LetApproveOwnAsync(string schoolId, bool allowed)
    {
        var id = ResourceHub.Api.GraphQL.GlobalId.Read(schoolId, "School", "id");
        await using var db = await Hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        await db.Schools.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.MayApproveOwn, allowed));
    }

    /// <summary>The audit log's actions about an object, oldest first.</summary>
    public async Task<string[]> AuditAsync(string id)
    {
        var guid = ResourceHub.Api.GraphQL.GlobalId.Read(id, "Resource", "id");
        await using var db = await Hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        return [.. await db.AuditEvents.Where(a => a.ObjectId == guid).OrderBy(a => a.Seq).Select(a => a.Action).ToListAsync()];
    }
}
