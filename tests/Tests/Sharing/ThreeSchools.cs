using System.Text.Json;

namespace ResourceHub.Tests.Sharing;

/// <summary>A hub with three schools that may work together and a fourth that is elsewhere, each with a teacher's and an admin's key.</summary>
public sealed class ThreeSchools : IAsyncLifetime
{
    public HubApp Hub { get; private set; } = null!;
    public string A { get; private set; } = null!;
    public string B { get; private set; } = null!;
    public string C { get; private set; } = null!;
    public string TeacherA { get; private set; } = null!;
    public string TeacherB { get; private set; } = null!;
    public string TeacherC { get; private set; } = null!;
    public string TeacherD { get; private set; } = null!;
    public string AdminA { get; private set; } = null!;
    public string AdminB { get; private set; } = null!;
    public string AdminC { get; private set; } = null!;
    public string AdminD { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Hub = await HubApp.StartAsync();
        A = await Hub.SchoolAsync("甲校");
        B = await Hub.SchoolAsync("乙校");
        C = await Hub.SchoolAsync("丙校");
        var elsewhere = await Hub.SchoolAsync("丁校");
        TeacherA = await Hub.KeyAsync(A);
        TeacherB = await Hub.KeyAsync(B);
        TeacherC = await Hub.KeyAsync(C);
        TeacherD = await Hub.KeyAsync(elsewhere);
        AdminA = await Hub.KeyAsync(A, "SCHOOL_ADMIN");
        AdminB = await Hub.KeyAsync(B, "SCHOOL_ADMIN");
        AdminC = await Hub.KeyAsync(C, "SCHOOL_ADMIN");
        AdminD = await Hub.KeyAsync(elsewhere, "SCHOOL_ADMIN");
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    public async Task<string> ProposeAsync(string name, params string[] schoolIds)
        => (await DoAsync("proposePartnership", AdminA, new { kind = "PAIR", name, schoolIds })).GetProperty("id").GetString()!;

    /// <summary>A step of a partnership that must succeed; returns the partnership.</summary>
    public async Task<JsonElement> DoAsync(string mutation, string? key, object input)
    {
        var answer = await StepAsync(mutation, key, input);
        Assert.Equal("[]", answer.GetProperty("errors").ToString());
        return answer.GetProperty("partnership");
    }

    /// <summary>A step that must be refused; returns the code of the reason.</summary>
    public async Task<string> CodeAsync(string mutation, string? key, object input)
    {
        var answer = await StepAsync(mutation, key, input);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("partnership").ValueKind);
        return answer.GetProperty("errors")[0].GetProperty("code").GetString()!;
    }

    private async Task<JsonElement> StepAsync(string mutation, string? key, object input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input!";
        var answer = await Hub.AskAsync($"mutation($input: {type}) {{ {mutation}(input: $input) {{ partnership {{ id state }} errors {{ code message }} }} }}", new { input }, key);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty(mutation);
    }

    public async Task<JsonElement> PartnershipAsync(string id, string? key)
        => (await Hub.QueryAsync(
            """
            query($id: ID!) { partnership(id: $id) {
              state endReason acceptedAt proposedBy { name } members { acceptedAt school { name } } agreementFile { name mediaType size url }
              resources { totalCount nodes { title } } } }
            """, new { id }, key)).GetProperty("partnership");

    public async Task<string[]> ActivityAsync(string id, string? key)
        =>
        [
            .. (await Hub.QueryAsync("query($id: ID!) { partnership(id: $id) { activity(first: 50) { nodes { kind school { name } } } } }", new { id }, key))
                .GetProperty("partnership").GetProperty("activity").GetProperty("nodes").EnumerateArray()
                .Select(n => $"{n.GetProperty("kind").GetString()} {(n.GetProperty("school").ValueKind == JsonValueKind.Object ? n.GetProperty("school").GetProperty("name").GetString() : "")}".Trim()),
        ];
}
