using System.Text.Json;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Host.Demo;

/// <summary>The schools of the demonstration, who shares with whom, and whom one can be (circle.json).</summary>
public sealed record Circle(IReadOnlyList<CircleSchool> Schools, IReadOnlyList<CirclePartnership> Partnerships, IReadOnlyList<CircleSignIn> SignIns)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public static Circle Read()
    {
        using var json = typeof(Circle).Assembly.GetManifestResourceStream("circle.json")!;
        return JsonSerializer.Deserialize<Circle>(json, Reading)!;
    }
}

/// <param name="Slug">What its people's user names begin with.</param>
public sealed record CircleSchool(
    string Name, string Slug, string ShortName, string? District, string City, string Province, IReadOnlyList<string> Stages, IReadOnlyDictionary<string, string>? Editions = null);

/// <param name="Schools">Names of the members; for a base school the first one leads.</param>
public sealed record CirclePartnership(
    PartnershipKind Kind, string Name, string? AgreementTitle, string? Batch, string From, IReadOnlyList<string>? Stages, IReadOnlyList<string>? Subjects, IReadOnlyList<string> Schools);

/// <param name="Role">TEACHER or SCHOOL_ADMIN of the school.</param>
public sealed record CircleSignIn(string School, Role Role);
