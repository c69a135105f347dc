using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ResourceHub.Core;

/// <summary>
/// A compiled query for each engine's model: EF compiles one for the first model it meets and refuses all others. A hub has one engine; a move has two, and so has whoever
/// compares them.
/// </summary>
public sealed class PerModel<TQuery>(Func<TQuery> compile) where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> known = [];

    public TQuery For(HubDb db) => known.GetValue(db.Model, _ => compile());
}
