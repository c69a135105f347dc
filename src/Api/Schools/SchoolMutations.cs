using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

/// <summary>新学校。A new school.</summary>
/// <param name="Name">校名，唯一。Its full name; no two schools share one.</param>
/// <param name="ShortName">简称。Its short name.</param>
/// <param name="District">区县。The district it is in.</param>
/// <param name="City">城市。The city it is in.</param>
/// <param name="Province">省、直辖市。The province it is in.</param>
/// <param name="Stages">开设的学段代码。Codes of the stages it teaches.</param>
/// <param name="Editions">各学科使用的教材版本。Which edition each subject is taught from.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record CreateSchoolInput(
    string Name, string? ShortName = null, string? District = null, string? City = null, string? Province = null, IReadOnlyList<string>? Stages = null,
    IReadOnlyList<SubjectEditionInput>? Editions = null, string? ClientMutationId = null)
{
    public NewSchool ToNew() => new(Name, ShortName, District, City, Province, Stages, Editions?.GroupBy(e => e.Subject).ToDictionary(g => g.Key, g => g.Last().Edition));
}

/// <summary>一个学科使用的教材版本。The edition a subject is taught from.</summary>
/// <param name="Subject">学科代码。Code of the subject.</param>
/// <param name="Edition">教材版本代码。Code of the edition.</param>
public sealed record SubjectEditionInput(string Subject, string Edition);

[MutationType]
public static class SchoolMutations
{
    /// <summary>新建学校；平台管理员。Creates a school; for hub admins.</summary>
    /// <param name="input">学校。The school.</param>
    public static async Task<CreateSchoolPayload> CreateSchoolAsync(CreateSchoolInput input, [Service] SchoolDirectory directory, [Service] Viewer viewer, CancellationToken ct)
        => new(await directory.CreateSchoolAsync(viewer, input.ToNew(), input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>createSchool 的结果。What came of createSchool.</summary>
public sealed record CreateSchoolPayload([property: GraphQLIgnore] Outcome<School> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>新学校；未办成时为 null。The school; null when nothing was done.</summary>
    public School? School => Outcome.Value;
}
