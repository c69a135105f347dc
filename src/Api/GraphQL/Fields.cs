using System.Reflection;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace ResourceHub.Api.GraphQL;

/// <summary>Fields from methods and properties: name, type, arguments, description, resolver.</summary>
internal static class Fields
{
    public static IEnumerable<FieldType> OfProperties(Type type, TypeMap types)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetCustomAttribute<GraphQLIgnoreAttribute>() is null && p.Name != "EqualityContract")
            .Select(p => new FieldType
            {
                Name = TypeNames.Of(p),
                Description = XmlDocs.Of(p),
                ResolvedType = types.Output(p),
                Resolver = type.IsAbstract ? null : Resolvers.Of(type, p),
            });

    /// <param name="kind">Static: resolvers. Instance: what a record answers itself, by methods called Get….</param>
    public static IEnumerable<FieldType> OfMethods(Type type, BindingFlags kind, TypeMap types)
        => type.GetMethods(BindingFlags.Public | BindingFlags.DeclaredOnly | kind)
            .Where(m => !m.IsSpecialName && m.GetCustomAttribute<NodeResolverAttribute>() is null && (kind == BindingFlags.Static || m.Name.StartsWith("Get", StringComparison.Ordinal) && m.Name != "GetHashCode"))
            .Select(m => Of(m, types, Resolvers.Of(m), Resolvers.Fetches(m)));

    /// <summary>What can be subscribed to.</summary>
    public static IEnumerable<FieldType> OfSubscriptions(Type type, TypeMap types)
        => type.GetMethods(BindingFlags.Public | BindingFlags.DeclaredOnly | BindingFlags.Static).Where(m => m.GetCustomAttribute<SubscribeAttribute>() is not null)
            .Select(m =>
            {
                var field = Of(m, types, Resolvers.OfSubscription(m), fetches: true);
                field.StreamResolver = NotThisWay.Instance;
                return field;
            });

    /// <summary>The engine wants one of every subscription, but answers all of its events with one set of services; ours have a scope for each.</summary>
    private sealed class NotThisWay : ISourceStreamResolver
    {
        public static readonly NotThisWay Instance = new();

        public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) => throw new NotSupportedException("Subscriptions are opened by StreamedAnswer.");
    }

    private static FieldType Of(MethodInfo method, TypeMap types, IFieldResolver resolver, bool fetches) => new()
    {
        Name = TypeNames.Of(method),
        Description = XmlDocs.Of(method),
        ResolvedType = types.Output(method),
        Arguments = ArgumentsOf(method, types),
        Resolver = resolver,
        Metadata = { [QueryCost.Weight] = method.GetCustomAttribute<CostAttribute>()?.Weight ?? (fetches ? 1 : 0) },
    };

    private static QueryArguments ArgumentsOf(MethodInfo method, TypeMap types)
        => new(method.GetParameters().Where(Resolvers.IsArgument).Select(p => new QueryArgument(types.Input(p))
        {
            Name = p.Name!,
            Description = XmlDocs.Of(p),
            DefaultValue = DefaultOf(p),
        }));

    private static object? DefaultOf(ParameterInfo p)
        => !p.HasDefaultValue || p.DefaultValue is null ? null : p.ParameterType.IsEnum ? Enum.ToObject(p.ParameterType, p.DefaultValue) : p.DefaultValue;
}
