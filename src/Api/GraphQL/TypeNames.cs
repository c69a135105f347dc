using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace ResourceHub.Api.GraphQL;

/// <summary>What CLR types and members are called in the schema, in HotChocolate's way.</summary>
internal static class TypeNames
{
    /// <summary>The class that says which fields an entity has: [ObjectType&lt;T&gt;].</summary>
    public static readonly FrozenDictionary<Type, Type> Holders = typeof(TypeNames).Assembly.GetTypes()
        .Select(holder => (holder, type: holder.GetCustomAttribute<ObjectTypeAttribute>()?.Type)).Where(x => x.type is not null).ToFrozenDictionary(x => x.type!, x => x.holder);

    public static string Of(Type type)
    {
        if (type.IsGenericType) return Of(type.GenericTypeArguments[0]) + type.Name.Split('`')[0];
        return Holders.GetValueOrDefault(type)?.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? type.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? type.Name;
    }

    /// <summary>GetSchoolAsync → school.</summary>
    public static string Of(MemberInfo member)
    {
        if (member.GetCustomAttribute<GraphQLNameAttribute>() is { } given) return given.Name;
        var name = member.Name;
        if (member is MethodInfo && name.StartsWith("Get", StringComparison.Ordinal)) name = name[3..];
        if (member is MethodInfo && name.EndsWith("Async", StringComparison.Ordinal)) name = name[..^5];
        return Camel(name);
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>InReview → IN_REVIEW.</summary>
    public static string Upper(string name)
    {
        var upper = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && upper.Length > 0) upper.Append('_');
            upper.Append(char.ToUpperInvariant(c));
        }
        return upper.ToString();
    }
}
