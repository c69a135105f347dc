using System.Reflection;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace ResourceHub.Api.GraphQL;

/// <summary>The schema, made once from the marked classes of this project. A mistake in one of them stops the start, not the first request.</summary>
public static class HubSchema
{
    public static ISchema Build()
    {
        var types = new TypeMap();
        var schema = new Schema
        {
            Query = Root<QueryTypeAttribute>("Query", "查询。What can be asked.", holder => Fields.OfMethods(holder, BindingFlags.Static, types)),
            Mutation = Root<MutationTypeAttribute>(
                "Mutation", "更改：每项都带 input，可带 clientMutationId 以便安全重试。Changes: each takes one input; with a clientMutationId it may be sent again safely.",
                holder => Fields.OfMethods(holder, BindingFlags.Static, types)),
            Subscription = Root<SubscriptionTypeAttribute>(
                "Subscription",
                "订阅：以 Accept: text/event-stream 发送 POST，按 graphql-sse 协议（每个连接一项）逐条收到 next，结束时收到 complete。What can be followed: POST with Accept: text/event-stream, by the graphql-sse protocol with a connection for each; next for each event, complete at the end.",
                holder => Fields.OfSubscriptions(holder, types)),
        };
        // What current tools ask of an introspection.
        schema.Features.RepeatableDirectives = true;
        schema.Features.DeprecationOfInputValues = true;
        Nodes.AddFields((ObjectGraphType)schema.Query, types.Node);
        foreach (var type in Nodes.Types) types.Define(type, input: false);
        schema.RegisterType(types.Node);
        foreach (var scalar in (ScalarGraphType[])[new IdGraphType(), new IntGraphType(), new FloatGraphType(), new LongGraphType { Description = "64 位整数。A 64-bit whole number." }, new UtcScalar(), new DateScalar()])
            schema.RegisterType(scalar);
        foreach (var type in types.Finish()) schema.RegisterType(type);
        schema.Initialize();
        return schema;
    }

    /// <summary>The schema in its own language, in a stable order.</summary>
    public static string Print(ISchema schema) => schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal });

    private static ObjectGraphType Root<TAttribute>(string name, string description, Func<Type, IEnumerable<FieldType>> fieldsOf) where TAttribute : Attribute
    {
        var root = new ObjectGraphType { Name = name, Description = description };
        foreach (var holder in typeof(HubSchema).Assembly.GetTypes().Where(t => t.GetCustomAttribute<TAttribute>() is not null).OrderBy(t => t.FullName, StringComparer.Ordinal))
            foreach (var field in fieldsOf(holder))
                root.AddField(field);
        return root;
    }
}

/// <summary>A moment in UTC, as 2026-09-01T08:00:00Z.</summary>
internal sealed class UtcScalar : DateTimeGraphType
{
    public UtcScalar()
    {
        Name = "DateTime";
        Description = "UTC 时刻，如 2026-09-01T08:00:00Z。A moment in UTC such as 2026-09-01T08:00:00Z.";
    }
}
