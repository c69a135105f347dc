using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Collections;

namespace ResourceHub.Api.Collections;

/// <summary>更改的结果。What came of a change.</summary>
public abstract record CollectionPayload([property: GraphQLIgnore] Outcome<Collection> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>更改后的专辑；未办成时为 null。The collection as it is now; null when nothing was done.</summary>
    public Collection? Collection => Outcome.Value;
}

/// <summary>createCollection 的结果。What came of createCollection.</summary>
public sealed record CreateCollectionPayload(Outcome<Collection> Outcome, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>updateCollection 的结果。What came of updateCollection.</summary>
public sealed record UpdateCollectionPayload(Outcome<Collection> Outcome, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>setCollectionItems 的结果。What came of setCollectionItems.</summary>
public sealed record SetCollectionItemsPayload(Outcome<Collection> Outcome, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>publishCollection 的结果。What came of publishCollection.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record PublishCollectionPayload(Outcome<Collection> Outcome, string? Audience, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>shareCollection 的结果。What came of shareCollection.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record ShareCollectionPayload(Outcome<Collection> Outcome, string? Audience, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>unshareCollection 的结果。What came of unshareCollection.</summary>
public sealed record UnshareCollectionPayload(Outcome<Collection> Outcome, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>withdrawCollection 的结果。What came of withdrawCollection.</summary>
public sealed record WithdrawCollectionPayload(Outcome<Collection> Outcome, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);

/// <summary>deleteCollection 的结果。What came of deleteCollection.</summary>
public sealed record DeleteCollectionPayload([property: GraphQLIgnore] Outcome<Collection> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>被删除的专辑的编号；未办成时为 null。The id of what was deleted; null when nothing was done.</summary>
    [ID]
    public string? CollectionId => Outcome.Value is { } deleted ? GlobalId.Of<Collection>(deleted.Id) : null;
}
