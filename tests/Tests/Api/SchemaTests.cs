using GraphQL;
using GraphQL.Types;
using ResourceHub.Api.GraphQL;
using Snapshooter.Xunit;

namespace ResourceHub.Tests.Api;

public sealed class SchemaTests
{
    private static readonly ISchema Schema = HubSchema.Build();

    [Fact]
    public void The_schema_is_the_one_that_portals_rely_on() => HubSchema.Print(Schema).MatchSnapshot();

    [Fact]
    public void The_schema_is_printed_alike_each_time() => Assert.Equal(HubSchema.Print(HubSchema.Build()), HubSchema.Print(Schema));

    [Fact]
    public void Every_type_field_argument_and_value_is_described_in_Chinese_and_English()
    {
        string[] engines = ["ID", "String", "Int", "Float", "Boolean"];
        var bare = Schema.AllTypes.Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal) && !engines.Contains(t.Name))
            .SelectMany(Described).Where(d => !IsManual(d.Text)).Select(d => d.Name);
        Assert.Empty(bare);
    }

    private static IEnumerable<(string Name, string? Text)> Described(IGraphType type)
    {
        yield return (type.Name, type.Description);
        foreach (var value in (type as EnumerationGraphType)?.Values ?? Enumerable.Empty<EnumValueDefinition>()) yield return ($"{type.Name}.{value.Name}", value.Description);
        foreach (var field in (type as IComplexGraphType)?.Fields ?? Enumerable.Empty<FieldType>())
        {
            yield return ($"{type.Name}.{field.Name}", field.Description);
            foreach (var argument in field.Arguments ?? []) yield return ($"{type.Name}.{field.Name}({argument.Name})", argument.Description);
        }
    }

    private static bool IsManual(string? text) => text is not null && text.Any(c => c > 0x2E80) && text.Any(char.IsAsciiLetter);

    [Fact]
    public void Secrets_and_keys_of_the_record_are_no_fields()
    {
        var names = Schema.AllTypes.OfType<IObjectGraphType>().Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal)).SelectMany(t => t.Fields.Select(f => f.Name)).ToHashSet();
        Assert.DoesNotContain(names, n => n is "secretHash" or "createdBy" or "revision" or "posterSha256" or "schoolId" or "shares" or "lease");
        Assert.Equal(["secret"], names.Where(n => n.Contains("secret", StringComparison.OrdinalIgnoreCase)));
    }
}
