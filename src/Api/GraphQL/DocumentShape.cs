using GraphQLParser;
using GraphQLParser.AST;

namespace ResourceHub.Api.GraphQL;

/// <summary>Looks at a document's shape before anything slower does: tokens, depth, aliases, directives, repeats, written-out size.</summary>
internal sealed class DocumentShape
{
    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments = [];
    private int selections;
    private int aliases;
    private int directives;
    private Refusal? refusal;

    /// <summary>Counts at most as far as the limit.</summary>
    public static Refusal? CheckTokens(string query)
    {
        var position = 0;
        for (var count = 0; ; count++)
        {
            var token = Lexer.Lex(query, position);
            if (token.Kind == TokenKind.EOF) return null;
            if (count >= GraphQLLimits.Tokens) return TooMany("tokens", GraphQLLimits.Tokens);
            position = token.End;
        }
    }

    public static Refusal? Check(GraphQLDocument document)
    {
        var shape = new DocumentShape();
        foreach (var definition in document.Definitions)
            if (definition is GraphQLFragmentDefinition fragment && !shape.fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment)) return null; // the validation names it
        foreach (var definition in document.Definitions)
        {
            if (definition is not GraphQLOperationDefinition operation) continue;
            shape.Directives(operation.Directives);
            shape.Walk(operation.SelectionSet, 1, introspection: false);
        }
        return shape.refusal;
    }

    private void Walk(GraphQLSelectionSet? set, int depth, bool introspection)
    {
        if (set is null || refusal is not null) return;
        var seen = new Dictionary<ROM, int>();
        foreach (var selection in set.Selections)
        {
            if (refusal is not null) return;
            if (++selections > GraphQLLimits.Selections) refusal = TooMany("selections", GraphQLLimits.Selections);
            switch (selection)
            {
                case GraphQLField field:
                    Field(field, seen, depth, introspection);
                    break;
                case GraphQLInlineFragment inline:
                    Directives(inline.Directives);
                    Walk(inline.SelectionSet, depth, introspection);
                    break;
                case GraphQLFragmentSpread spread:
                    Directives(spread.Directives);
                    // A spread counts as a level, so that fragments that name each other come to an end here.
                    if (fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment)) Spread(fragment, depth, introspection);
                    break;
            }
        }
    }

    private int spreads;

    private void Spread(GraphQLFragmentDefinition fragment, int depth, bool introspection)
    {
        if (++spreads > GraphQLLimits.IntrospectionDepth) refusal = new Refusal("QUERY_TOO_DEEP", "片段嵌套过深或互相引用。Fragments are nested too deeply or name each other.");
        else Walk(fragment.SelectionSet, depth, introspection);
        spreads--;
    }

    private void Field(GraphQLField field, Dictionary<ROM, int> seen, int depth, bool introspection)
    {
        var name = field.Name.Value;
        introspection |= name.Length > 2 && name.Span[0] == '_' && name.Span[1] == '_';
        Directives(field.Directives);
        if (field.Alias is not null && ++aliases > GraphQLLimits.Aliases) refusal = TooMany("aliases", GraphQLLimits.Aliases);
        if ((seen[name] = seen.GetValueOrDefault(name) + 1) > GraphQLLimits.Repeats) refusal = TooMany($"repeats of {name}", GraphQLLimits.Repeats);
        var deepest = introspection ? GraphQLLimits.IntrospectionDepth : GraphQLLimits.Depth;
        if (depth > deepest) refusal = new Refusal("QUERY_TOO_DEEP", $"查询嵌套过深，最多 {deepest} 层。The query is nested too deeply; {deepest} levels at most.");
        Walk(field.SelectionSet, depth + 1, introspection);
    }

    private void Directives(GraphQLDirectives? given)
    {
        if (given is null) return;
        directives += given.Count;
        if (given.Count > GraphQLLimits.DirectivesInOnePlace) refusal = TooMany("directives in one place", GraphQLLimits.DirectivesInOnePlace);
        if (directives > GraphQLLimits.Directives) refusal = TooMany("directives", GraphQLLimits.Directives);
    }

    private static Refusal TooMany(string what, int limit) => new("QUERY_TOO_LARGE", $"查询过大：{what} 最多 {limit}。The query is too large: at most {limit} {what}.");
}
