namespace ResourceHub.Api.GraphQL;

// HotChocolate's words for what the classes beside us say: moving there is a change of usings, and this folder goes.

/// <summary>The static methods of this class are fields of Query.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>The static methods of this class are fields of Mutation.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>The [Subscribe] methods of this class are fields of Subscription.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>A field of Subscription: the method answers one event; the one named by With, which takes the same arguments, gives the events.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SubscribeAttribute : Attribute
{
    /// <summary>A method that returns a Task of IAsyncEnumerable; its end is the stream's end.</summary>
    public required string With { get; init; }
}

/// <summary>The event that the [Subscribe] method answers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventMessageAttribute : Attribute;

/// <summary>The static methods of this class, and nothing else, are fields of the type: a column added to an entity does not appear by itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ObjectTypeAttribute(Type type) : Attribute
{
    public Type Type => type;
}

/// <inheritdoc />
public sealed class ObjectTypeAttribute<T>() : ObjectTypeAttribute(typeof(T));

/// <summary>This abstract record is an interface; the records that derive from it are the types behind it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InterfaceTypeAttribute : Attribute;

/// <summary>This property of a record is no field.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>Another name than the class, method or property has.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>The type has a global id; the method marked with <see cref="NodeResolverAttribute"/> finds it by that.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NodeAttribute : Attribute;

/// <summary>Finds one of the type by id for <c>node</c> and <c>nodes</c>; null for what the viewer may not see.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;

/// <summary>The object whose field is asked for.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>Comes from the request's services, not from the client.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

/// <summary>A global id; of one type where there is a type.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue | AttributeTargets.Method)]
public class IDAttribute(Type? type = null) : Attribute
{
    public Type? Type => type;
}

/// <inheritdoc />
public sealed class IDAttribute<T>() : IDAttribute(typeof(T));

/// <summary>What resolving this field weighs when a query's cost is counted; when not said 1 for what is fetched.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CostAttribute(int weight) : Attribute
{
    public int Weight => weight;
}
