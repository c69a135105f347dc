using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

/// <summary>更改学校信息：省略的不变，空文本为清除。Changes of a school: what is left out stays, an empty text takes out.</summary>
/// <param name="SchoolId">学校。Which one.</param>
/// <param name="MayApproveOwn">管理员能否审核自己上传的资源。Whether an admin may approve what they uploaded themselves.</param>
/// <param name="Name">校名；平台管理员。Its full name; for hub admins.</param>
/// <param name="ShortName">简称。Its short name.</param>
/// <param name="District">区县。The district it is in.</param>
/// <param name="City">城市。The city it is in.</param>
/// <param name="Province">省、直辖市。The province it is in.</param>
/// <param name="Stages">开设的学段代码。Codes of the stages it teaches.</param>
/// <param name="Editions">各学科使用的教材版本。Which edition each subject is taught from.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record UpdateSchoolInput(
    [ID<School>] Guid SchoolId, bool? MayApproveOwn = null, string? Name = null, string? ShortName = null, string? District = null, string? City = null, string? Province = null,
    IReadOnlyList<string>? Stages = null, IReadOnlyList<SubjectEditionInput>? Editions = null, string? ClientMutationId = null)
{
    public SchoolChange ToChange() => new(Name, ShortName, District, City, Province, Stages, Editions?.GroupBy(e => e.Subject).ToDictionary(g => g.Key, g => g.Last().Edition), MayApproveOwn);
}

[MutationType]
public static class SchoolUpdateMutations
{
    /// <summary>更改学校信息；本校管理员。Changes what a school says of itself and how it works; for its admins.</summary>
    /// <param name="input">更改。The changes.</param>
    public static async Task<UpdateSchoolPayload> UpdateSchoolAsync(UpdateSchoolInput input, [Service] SchoolProfile schools, [Service] Viewer viewer, CancellationToken ct)
        => new(await schools.UpdateAsync(viewer, input.SchoolId, input.ToChange(), input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>updateSchool 的结果。What came of updateSchool.</summary>
public sealed record UpdateSchoolPayload([property: GraphQLIgnore] Outcome<School> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>学校；未办成时为 null。The school; null when nothing was done.</summary>
    public School? School => Outcome.Value;
}
