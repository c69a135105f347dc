using System.Collections.Frozen;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.Extensions.Logging;
using ResourceHub.Api.Audit;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.GraphQL;

/// <summary>What came of a request: an answer, or why it was refused before anything ran.</summary>
internal readonly record struct Ran(ExecutionResult? Result, Refusal? Refusal, bool IsMutation = false);

/// <summary>A request that may run.</summary>
internal sealed record Ready(GraphQLRequest Request, GraphQLDocument Document, GraphQLOperationDefinition Operation)
{
    public bool IsMutation => Operation.Operation == OperationType.Mutation;
    public bool IsSubscription => Operation.Operation == OperationType.Subscription;
}

/// <summary>Parses, checks the limits, validates, weighs and runs. What is known of a document is kept; what depends on the variables is done each time.</summary>
internal sealed partial class GraphQLRunner(ISchema schema, AuditQueue audit, ILogger<GraphQLRunner> log)
{
    private readonly DocumentCache cache = new();
    private readonly DocumentValidator validator = new();
    private readonly GraphQLDocumentBuilder builder = new() { MaxDepth = 64 };

    /// <summary>An event of a subscription is answered like a query; who follows the events is our own (<see cref="StreamedAnswer"/>).</summary>
    private readonly DocumentExecuter executer = new(new GraphQLDocumentBuilder(), new DocumentValidator(), new DefaultExecutionStrategySelector(
    [
        new ExecutionStrategyRegistration(new ParallelExecutionStrategy(), OperationType.Query),
        new ExecutionStrategyRegistration(new SerialExecutionStrategy(), OperationType.Mutation),
        new ExecutionStrategyRegistration(new ParallelExecutionStrategy(), OperationType.Subscription),
    ]), []);

    /// <param name="time">Ends the request; a mutation is given longer.</param>
    public async Task<Ran> RunAsync(GraphQLRequest request, bool mayChange, Viewer viewer, IServiceProvider services, CancellationTokenSource time)
    {
        var (ready, refused) = await PrepareAsync(request, viewer, time.Token);
        if (ready is null) return refused;
        if (ready.IsMutation && !mayChange) return new(null, null, IsMutation: true);
        if (ready.IsMutation) time.CancelAfter(GraphQLLimits.ChangeTime);
        if (ready.IsSubscription) return new(null, new Refusal("STREAM_NEEDED", "订阅请以 Accept: text/event-stream 发送。Send subscriptions with Accept: text/event-stream."));
        return new(await ExecuteAsync(ready, services, time.Token), null, ready.IsMutation);
    }

    /// <summary>Everything that can be refused before anything runs.</summary>
    public async Task<(Ready? Ready, Ran Refused)> PrepareAsync(GraphQLRequest request, Viewer viewer, CancellationToken ct)
    {
        var known = cache.Find(request.Query);
        if (known is null)
        {
            var (learnt, refused) = await LearnAsync(request, ct);
            if (learnt is null) return (null, refused);
            known = learnt;
        }
        if (OperationOf(known.Document, request.OperationName) is not { } operation)
            return (null, new(null, new Refusal("UNKNOWN_OPERATION", "请用 operationName 指明要执行的操作。Name one of the document's operations in operationName.")));
        if (Scopes.MissingFor(operation.Operation == OperationType.Mutation, viewer) is { } missing)
        {
            Scopes.Note(audit, viewer);
            return (null, new(null, new Refusal(missing.Code, missing.Message, Status: 403)));
        }
        var limit = viewer.IsSignedIn ? GraphQLLimits.SignedInCost : GraphQLLimits.AnonymousCost;
        return known.Costs[operation].Check(request.Variables, limit) is { } tooMuch ? (null, new(null, tooMuch)) : (new Ready(request, known.Document, operation), default);
    }

    /// <param name="root">For a subscription the event, or <see cref="Opening"/>.</param>
    public Task<ExecutionResult> ExecuteAsync(Ready ready, IServiceProvider services, CancellationToken ct, object? root = null) => executer.ExecuteAsync(new ExecutionOptions
    {
        Schema = schema,
        Document = ready.Document,
        Query = ready.Request.Query,
        OperationName = ready.Request.OperationName,
        Variables = ready.Request.Variables,
        Root = root,
        ValidationRules = [],
        RequestServices = services,
        CancellationToken = ct,
        UnhandledExceptionDelegate = NoteAsync,
    });

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
        if (RecordAway.Is(context.OriginalException))
        {
            LogAway(context.FieldContext?.FieldDefinition.Name, context.OriginalException.GetBaseException().Message);
            context.ErrorMessage = RecordAway.Problem.Message;
            return Task.CompletedTask;
        }
        LogFailure(context.FieldContext?.FieldDefinition.Name, context.OriginalException);
        context.ErrorMessage = "服务器内部错误，请稍后再试。Something went wrong here; try again later.";
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The field {Field} could not be resolved, the database does not answer: {Why}")]
    private partial void LogAway(string? field, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The field {Field} could not be resolved")]
    private partial void LogFailure(string? field, Exception cause);
}
