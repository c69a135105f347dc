using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace ResourceHub.Api.GraphQL;

/// <summary>
/// What a query costs, worked out once for each document and weighed anew with each request's variables, so that a cached document is no way around it.
/// What has to be fetched weighs 1 (or its [Cost]), what is there already 0.1; what stands in a list counts as often as the list may be long.
/// </summary>
internal sealed class QueryCost
{
    public const string Weight = "cost";
    private const int Tenth = 1;
    private const int Whole = 10;

    /// <summary>How long a list without <c>first</c> is taken to be.</summary>
    private const int UsualList = 5;

    /// <summary>Lists in lists of the introspection, as types → fields → args: the standard query has 3, a query made to hurt has more.</summary>
    private const int IntrospectionLists = 3;

    private readonly ISchema schema;
    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments;
    private readonly GraphQLOperationDefinition operation;
    private readonly Entry root;
    private readonly Refusal? flaw;

    private sealed record Entry(int Own, PageSize? Size, bool SizeIsForItems, bool IsItems, List<Entry> Inner);

    /// <summary>A number in the document, or the variable that will hold it.</summary>
    private sealed record PageSize(string Field, int Number, string? Variable, bool CountsIds);

    public QueryCost(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        this.schema = schema;
        this.operation = operation;
        fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(f => f.FragmentName.Name.StringValue);
        IComplexGraphType? type = operation.Operation switch { OperationType.Mutation => schema.Mutation, OperationType.Subscription => schema.Subscription, _ => schema.Query };
        root = new Entry(0, null, false, false, []);
        var lists = 0;
        Collect(type, operation.SelectionSet, root.Inner, 0, ref lists);
        if (lists > IntrospectionLists) flaw = new Refusal("QUERY_TOO_COMPLEX", "内省查询嵌套的列表过多。The introspection query nests too many lists.");
    }

    /// <summary>Whether the variables' values allow it; the reason when they do not.</summary>
    public Refusal? Check(Inputs variables, int limit)
    {
        if (flaw is not null) return flaw;
        Refusal? refusal = null;
        var cost = Sum(root, variables, (long)limit * Whole, ref refusal);
        if (refusal is not null) return refusal;
        return cost <= (long)limit * Whole ? null : new Refusal("QUERY_TOO_COMPLEX", $"查询代价超过上限 {limit}：请减少 first、嵌套的列表或字段。The query costs more than {limit}: ask for fewer items (first), nested lists or fields.");
    }

    private static long Sum(Entry entry, Inputs variables, long most, ref Refusal? refusal)
    {
        long cost = entry.Own;
        var size = entry.Size is { } asked ? Read(asked, variables, ref refusal) : 1;
        foreach (var inner in entry.Inner)
        {
            // A connection's first is meant for its edges and nodes; its other fields stand there once.
            var times = entry.SizeIsForItems && !inner.IsItems ? 1 : size;
            cost += times * Sum(inner, variables, most, ref refusal);
            if (refusal is not null || cost > most) return cost;
        }
        return cost;
    }

    private static int Read(PageSize size, Inputs variables, ref Refusal? refusal)
    {
        var number = size.Number;
        if (size.Variable is { } name && variables.TryGetValue(name, out var value))
            number = value switch { int n => n, System.Collections.ICollection ids when size.CountsIds => ids.Count, long => int.MaxValue, _ => number };
        if (number >= 0 && number <= GraphQLLimits.PageSize) return number;
        refusal ??= size.CountsIds
            ? new Refusal("TOO_MANY_IDS", $"{size.Field} 一次最多 {GraphQLLimits.PageSize} 个。At most {GraphQLLimits.PageSize} {size.Field} at once.")
            : new Refusal("INVALID_PAGE_SIZE", $"{size.Field} 须在 0 到 {GraphQLLimits.PageSize} 之间。{size.Field} must be from 0 to {GraphQLLimits.PageSize}.");
        return GraphQLLimits.PageSize;
    }

    private void Collect(IComplexGraphType? type, GraphQLSelectionSet? set, List<Entry> into, int listsAbove, ref int lists)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    into.Add(Of(type, field, listsAbove, ref lists));
                    break;
                case GraphQLInlineFragment inline:
                    Collect(inline.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name.Value] as IComplexGraphType : type, inline.SelectionSet, into, listsAbove, ref lists);
                    break;
                case GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment):
                    Collect(schema.AllTypes[fragment.TypeCondition.Type.Name.Value] as IComplexGraphType, fragment.SelectionSet, into, listsAbove, ref lists);
                    break;
            }
        }
    }

    private Entry Of(IComplexGraphType? parent, GraphQLField field, int listsAbove, ref int lists)
    {
        var name = field.Name.StringValue;
        var definition = name switch { "__schema" => schema.SchemaMetaFieldType, "__type" => schema.TypeMetaFieldType, _ => parent?.GetField(field.Name.Value) };
        var named = definition?.ResolvedType?.GetNamedType();
        var own = definition?.GetMetadata<int>(Weight) is > 0 and var weight ? weight * Whole : Tenth;
        if (definition is null || named is not IComplexGraphType complex) return new Entry(own, null, false, false, []);
        var isList = definition.ResolvedType is ListGraphType or NonNullGraphType { ResolvedType: ListGraphType };
        var introspection = named.Name.StartsWith("__", StringComparison.Ordinal);
        if (introspection && isList) lists = Math.Max(lists, ++listsAbove);
        var size = introspection ? null : SizeOf(definition, field, isList);
        var isConnection = named.Name.EndsWith("Connection", StringComparison.Ordinal);
        var entry = new Entry(own, size, isConnection, name is "edges" or "nodes", []);
        Collect(complex, field.SelectionSet, entry.Inner, listsAbove, ref lists);
        return entry;
    }

    private PageSize? SizeOf(FieldType definition, GraphQLField field, bool isList)
    {
        foreach (var argument in definition.Arguments ?? [])
        {
            if (argument.Name is not ("first" or "ids")) continue;
            var value = field.Arguments?.Items.Find(a => a.Name.Value == argument.Name)?.Value;
            var usual = argument.DefaultValue as int? ?? UsualList;
            return value switch
            {
                GraphQLVariable variable => new PageSize(argument.Name, DefaultOf(variable) ?? usual, variable.Name.StringValue, argument.Name == "ids"),
                GraphQLListValue ids => new PageSize(argument.Name, ids.Values?.Count ?? 0, null, true),
                GraphQLIntValue number => new PageSize(argument.Name, int.TryParse(number.Value.Span, out var n) ? n : int.MaxValue, null, false),
                _ => new PageSize(argument.Name, usual, null, argument.Name == "ids"),
            };
        }
        // edges and nodes are as many as their connection's first says.
        return isList && field.Name.Value != "edges" && field.Name.Value != "nodes" ? new PageSize(field.Name.StringValue, UsualList, null, false) : null;
    }

    private int? DefaultOf(GraphQLVariable variable)
        => operation.Variables?.Items.Find(v => v.Variable.Name.Value == variable.Name.Value)?.DefaultValue is GraphQLIntValue number ? int.TryParse(number.Value.Span, out var n) ? n : int.MaxValue : null;
}
