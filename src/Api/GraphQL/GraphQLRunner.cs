using System.Collections.Frozen;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.Extensions.Logging;
using ResourceHub.Core.People;

namespace ResourceHub.Api.GraphQL;

/// <summary>What came of a request: an answer, or why it was refused before anything ran.</summary>
internal readonly record struct Ran(ExecutionResult? Result, Refusal? Refusal, bool IsMutation = false);

/// <summary>Parses, checks the limits, validates, weighs and runs. What is known of a document is kept; what depends on the variables is done each time.</summary>
internal sealed partial class GraphQLRunner(ISchema schema, ILogger<GraphQLRunner> log)
{
    private readonly DocumentCache cache = new();
    private readonly DocumentExecuter executer = new();
    private readonly DocumentValidator validator = new();
    private readonly GraphQLDocumentBuilder builder = new() { MaxDepth = 64 };

    /// <param name="time">Ends the request; a mutation is given longer.</param>
    public async Task<Ran> RunAsync(GraphQLRequest request, bool mayChange, Viewer viewer, IServiceProvider services, CancellationTokenSource time)
    {
        var ct = time.Token;
        var known = cache.Find(request.Query);
        if (known is null)
        {
            var (learnt, refused) = await LearnAsync(request, ct);
            if (learnt is null) return refused;
            known = learnt;
        }
        if (OperationOf(known.Document, request.OperationName) is not { } operation)
            return new(null, new Refusal("UNKNOWN_OPERATION", "请用 operationName 指明要执行的操作。Name one of the document's operations in operationName."));
        var isMutation = operation.Operation == OperationType.Mutation;
        if (isMutation && !mayChange) return new(null, null, IsMutation: true);
        if (isMutation) time.CancelAfter(GraphQLLimits.ChangeTime);
        var limit = viewer.IsSignedIn ? GraphQLLimits.SignedInCost : GraphQLLimits.AnonymousCost;
        if (known.Costs[operation].Check(request.Variables, limit) is { } tooMuch) return new(null, tooMuch, isMutation);
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Document = known.Document,
            Query = request.Query,
            OperationName = request.OperationName,
            Variables = request.Variables,
            ValidationRules = [],
            RequestServices = services,
            CancellationToken = ct,
            UnhandledExceptionDelegate = NoteAsync,
        });
        return new(result, null, isMutation);
    }

    private async Task<(KnownDocument?, Ran)> LearnAsync(GraphQLRequest request, CancellationToken ct)
    {
        GraphQLDocument document;
        try
        {
            if (DocumentShape.CheckTokens(request.Query) is { } long_) return (null, new(null, long_));
            document = builder.Build(request.Query);
        }
        catch (Exception wrong) when (wrong is GraphQLSyntaxErrorException or GraphQLMaxDepthExceededException or SyntaxError or GraphQLParserException)
        {
            var place = (wrong as GraphQLParserException ?? wrong.InnerException as GraphQLParserException)?.Location;
            return (null, new(null, new Refusal("SYNTAX_ERROR", wrong.Message, place?.Line, place?.Column)));
        }
        if (DocumentShape.Check(document) is { } tooLarge) return (null, new(null, tooLarge));
        if (OperationOf(document, request.OperationName) is not { } operation)
            return (null, new(null, new Refusal("UNKNOWN_OPERATION", "请用 operationName 指明要执行的操作。Name one of the document's operations in operationName.")));
        var validation = await validator.ValidateAsync(new ValidationOptions
        {
            Schema = schema,
            Document = document,
            Operation = operation,
            Rules = DocumentValidator.CoreRules,
            Variables = request.Variables,
            CancellationToken = ct,
        });
        if (!validation.IsValid) return (null, new(new ExecutionResult { Errors = [.. validation.Errors] }, null, operation.Operation == OperationType.Mutation));
        var known = new KnownDocument(document, document.Definitions.OfType<GraphQLOperationDefinition>().ToFrozenDictionary(o => o, o => new QueryCost(schema, document, o)));
        cache.Add(request.Query, known);
        return (known, default);
    }

    /// <summary>Null when it is not said which of several is meant, or none has that name.</summary>
    private static GraphQLOperationDefinition? OperationOf(GraphQLDocument document, string? name)
    {
        GraphQLOperationDefinition? found = null;
        foreach (var definition in document.Definitions)
        {
            if (definition is not GraphQLOperationDefinition operation) continue;
            if (name is not null && operation.Name?.Value == name) return operation;
            if (name is null && found is not null) return null;
            found ??= name is null ? operation : null;
        }
        return found;
    }

    private Task NoteAsync(UnhandledExceptionContext context)
    {
        if (context.OriginalException is OperationCanceledException) return Task.CompletedTask;
        LogFailure(context.FieldContext?.FieldDefinition.Name, context.OriginalException);
        context.ErrorMessage = "服务器内部错误，请稍后再试。Something went wrong here; try again later.";
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The field {Field} could not be resolved")]
    private partial void LogFailure(string? field, Exception cause);
}
