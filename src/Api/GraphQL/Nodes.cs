using System.Reflection;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using ResourceHub.Core;

namespace ResourceHub.Api.GraphQL;

/// <summary>Relay's global ids: the interface Node and the fields node and nodes, as HotChocolate's AddGlobalObjectIdentification gives them.</summary>
internal static class Nodes
{
    private static readonly Dictionary<string, Func<IResolveFieldContext, Guid, object?>> Finders = TypeNames.Holders
        .Where(h => h.Value.GetCustomAttribute<NodeAttribute>() is not null)
        .ToDictionary(h => TypeNames.Of(h.Key), h => Resolvers.OfNode(h.Value.GetMethods().Single(m => m.GetCustomAttribute<NodeResolverAttribute>() is not null)));

    public static IEnumerable<Type> Types => TypeNames.Holders.Where(h => h.Value.GetCustomAttribute<NodeAttribute>() is not null).Select(h => h.Key);

    public static InterfaceGraphType NewInterface()
    {
        var node = new InterfaceGraphType { Name = "Node", Description = "有全局编号的对象。Something with a global id." };
        node.AddField(IdField());
        return node;
    }

    public static void Implement(IObjectGraphType type, InterfaceGraphType node)
    {
        var name = type.Name;
        var id = IdField();
        id.Resolver = new FuncFieldResolver<object>(context => GlobalId.Of(name, IdOf(context.Source!)));
        type.AddField(id);
        type.AddResolvedInterface(node);
        node.AddPossibleType(type);
    }

    public static void AddFields(ObjectGraphType query, IGraphType node)
    {
        query.AddField(new FieldType
        {
            Name = "node",
            Description = "按全局编号取一个对象；没有或无权查看时为 null。One object by its global id; null when it is not there or you may not see it.",
            ResolvedType = node,
            Arguments = new QueryArguments(Argument("id", new NonNullGraphType(new GraphQLTypeReference("ID")), "全局编号。The global id.")),
            Resolver = new FuncFieldResolver<object>(context => Find(context, context.GetArgument<string>("id"))),
        });
        query.AddField(new FieldType
        {
            Name = "nodes",
            Description = "按全局编号取多个对象，最多 100 个，次序不变；没有或无权查看的为 null。Up to 100 objects in the order of their ids; null in place of what is not there or not yours to see.",
            ResolvedType = new NonNullGraphType(new ListGraphType(node)),
            Arguments = new QueryArguments(Argument("ids", new NonNullGraphType(new ListGraphType(new NonNullGraphType(new GraphQLTypeReference("ID")))), "全局编号，最多 100 个。Global ids, 100 at most.")),
            Resolver = new FuncFieldResolver<object>(context => context.GetArgument<List<string>>("ids").Select(id => Find(context, id)).ToList()),
        });
    }

    private static object? Find(IResolveFieldContext context, string id)
        => GlobalId.Parse(id) is { } parsed && Finders.TryGetValue(parsed.Type, out var find) ? find(context, parsed.Id) : null;

    private static Guid IdOf(object source) => source is IHasId has ? has.Id : throw new InvalidOperationException($"{source.GetType()} has no id.");

    private static FieldType IdField() => new() { Name = "id", Description = "全局编号，不透明。The global id; opaque.", ResolvedType = new NonNullGraphType(new GraphQLTypeReference("ID")) };

    private static QueryArgument Argument(string name, IGraphType type, string description) => new(type) { Name = name, Description = description };
}
