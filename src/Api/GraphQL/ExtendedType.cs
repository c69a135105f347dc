using System.Reflection;
using GraphQL.Types;

namespace ResourceHub.Api.GraphQL;

internal interface IExtendedType : IGraphType
{
    void Build(TypeMap types);
}

/// <summary>
/// An object type. An entity's fields are the static methods of its [ObjectType&lt;T&gt;] class and nothing else; our own records show their properties
/// and Get methods as well.
/// </summary>
internal sealed class ExtendedType<T> : ObjectGraphType<T>, IExtendedType
{
    public void Build(TypeMap types)
    {
        var holder = TypeNames.Holders.GetValueOrDefault(typeof(T));
        if (holder?.GetCustomAttribute<NodeAttribute>() is not null) Nodes.Implement(this, types.Node);
        if (typeof(T).Assembly == typeof(IExtendedType).Assembly)
        {
            foreach (var field in GraphQL.Fields.OfProperties(typeof(T), types)) AddField(field);
            foreach (var field in GraphQL.Fields.OfMethods(typeof(T), BindingFlags.Instance, types)) AddField(field);
        }
        if (holder is not null)
            foreach (var field in GraphQL.Fields.OfMethods(holder, BindingFlags.Static, types)) AddField(field);
        if (types.InterfaceOf(typeof(T)) is { } shown)
        {
            AddResolvedInterface(shown);
            shown.AddPossibleType(this);
        }
        if (Fields.Count == 0) throw new InvalidOperationException($"{typeof(T)} has no fields: write an [ObjectType<{typeof(T).Name}>] class.");
    }
}
