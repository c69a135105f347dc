using ResourceHub.Core;

namespace ResourceHub.Api.GraphQL;

/// <summary>What every mutation answers with.</summary>
/// <param name="ClientMutationId">您发来的幂等键。The idempotency key you sent.</param>
public abstract record Payload([property: GraphQLIgnore] IReadOnlyList<Problem> Problems, string? ClientMutationId)
{
    /// <summary>没有办成的原因；办成时为空。Why nothing was done; empty when it was.</summary>
    public IReadOnlyList<UserError> Errors => UserError.Of(Problems);
}
