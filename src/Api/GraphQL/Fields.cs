using System.Reflection;
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
            .Select(m => new FieldType
            {
                Name = TypeNames.Of(m),
                Description = XmlDocs.Of(m),
                ResolvedType = types.Output(m),
                Arguments = ArgumentsOf(m, types),
                Resolver = Resolvers.Of(m),
                Metadata = { [QueryCost.Weight] = m.GetCustomAttribute<CostAttribute>()?.Weight ?? (Resolvers.Fetches(m) ? 1 : 0) },
            });

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
