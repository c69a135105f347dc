using GraphQL;
using GraphQLParser.AST;

namespace ResourceHub.Api.GraphQL;

/// <summary>What the client asks of the object a resolver is about to make, so that nothing is counted or marked for nobody. HotChocolate: ISelection, IsSelected.</summary>
public readonly struct Selection(IResolveFieldContext context)
{
    /// <summary>Whether a field is asked for below this one, by its path such as <c>edges</c>, <c>highlights</c>. Skipped ones may count as asked for.</summary>
    public bool Has(params ReadOnlySpan<string> path) => Find(context.FieldAst.SelectionSet, path) is not null;

    /// <summary>The argument of a field that is asked for below this one; null when there is none.</summary>
    public T? Argument<T>(string field, string argument) where T : class
        => Find(context.FieldAst.SelectionSet, [field]) is { } found && context.ExecutionContext.ArgumentValues?.GetValueOrDefault(found) is { } arguments
            && arguments.TryGetValue(argument, out var value) && value.Value is { } given ? (T)InputValue.ReaderFor(typeof(T), null, argument)(given) : null;

    /// <summary>A number among the arguments of a field that is asked for below this one; the field's own default is not known here.</summary>
    public int? Number(ReadOnlySpan<string> path, string argument)
        => Find(context.FieldAst.SelectionSet, path) is { } found && context.ExecutionContext.ArgumentValues?.GetValueOrDefault(found) is { } arguments
            && arguments.TryGetValue(argument, out var value) && value.Value is int given ? given : null;

    private GraphQLField? Find(GraphQLSelectionSet? set, ReadOnlySpan<string> path)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            var found = selection switch
            {
                GraphQLField field when field.Name.Value == path[0] => path.Length == 1 ? field : Find(field.SelectionSet, path[1..]),
                GraphQLInlineFragment inline => Find(inline.SelectionSet, path),
                GraphQLFragmentSpread spread => Find(context.Document.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(f => f.FragmentName.Name == spread.FragmentName.Name)?.SelectionSet, path),
                _ => null,
            };
            if (found is not null) return found;
        }
        return null;
    }
}
