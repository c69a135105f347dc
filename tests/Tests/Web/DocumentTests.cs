using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using ResourceHub.Api.GraphQL;
using ResourceHub.Web.Hub;

namespace ResourceHub.Tests.Web;

public sealed class DocumentTests
{
    private static readonly ISchema Schema = HubSchema.Build();

    public static TheoryData<string> All => [.. Documents.Names.Concat(Documents.Changes).Order()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Everything_that_pages_ask_and_change_is_in_the_schema(string name)
    {
        var document = new GraphQLDocumentBuilder().Build(Documents.Of(name));
        var operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single();
        Assert.Equal(name, operation.Name?.StringValue);
        var result = await new DocumentValidator().ValidateAsync(new ValidationOptions { Schema = Schema, Document = document, Operation = operation, Rules = DocumentValidator.CoreRules, Variables = Inputs.Empty });
        Assert.Empty(result.Errors.Where(e => e is not InvalidVariableError).Select(e => e.Message)); // no values are given here
    }
}
