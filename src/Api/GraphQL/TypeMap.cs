using System.Collections;
using System.Reflection;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace ResourceHub.Api.GraphQL;

/// <summary>From CLR types to the schema's: names each type where it is used and makes its definition once.</summary>
internal sealed class TypeMap
{
    private static readonly Dictionary<Type, string> Scalars = new()
    {
        [typeof(string)] = "String",
        [typeof(bool)] = "Boolean",
        [typeof(int)] = "Int",
        [typeof(long)] = "Long",
        [typeof(double)] = "Float",
        [typeof(DateTime)] = "DateTime",
        [typeof(DateOnly)] = "Date",
    };

    private readonly Dictionary<Type, IGraphType> made = [];
    private readonly Queue<Action> waiting = [];
    private readonly NullabilityInfoContext nullability = new();

    public InterfaceGraphType Node { get; } = Nodes.NewInterface();

    /// <summary>Every named type that was used, built.</summary>
    public IEnumerable<IGraphType> Finish()
    {
        while (waiting.TryDequeue(out var build)) build();
        return made.Values;
    }

    public IGraphType Output(MethodInfo method)
        => Wrap(nullability.Create(method.ReturnParameter), (method.GetCustomAttribute<IDAttribute>() ?? method.ReturnParameter.GetCustomAttribute<IDAttribute>()) is not null, input: false);

    public IGraphType Output(PropertyInfo property) => Wrap(nullability.Create(property), property.GetCustomAttribute<IDAttribute>() is not null, input: false);

    /// <summary>An argument with a default may be left out.</summary>
    public IGraphType Input(ParameterInfo parameter)
    {
        var type = Wrap(nullability.Create(parameter), parameter.GetCustomAttribute<IDAttribute>() is not null, input: true);
        return parameter.HasDefaultValue && type is NonNullGraphType must ? must.ResolvedType! : type;
    }

    public IGraphType Input(PropertyInfo property, IDAttribute? id) => Wrap(nullability.Create(property), id is not null, input: true);

    private IGraphType Wrap(NullabilityInfo info, bool isId, bool input)
    {
        var type = info.Type;
        if (type.IsGenericType && (type.GetGenericTypeDefinition() is var open) && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IDataLoaderResult<>)))
            return Wrap(info.GenericTypeArguments[0], isId, input);
        IGraphType inner = ItemOf(info) is { } item ? new ListGraphType(Wrap(item, isId, input)) : Named(Nullable.GetUnderlyingType(type) ?? type, isId, input);
        return info.ReadState == NullabilityState.Nullable ? inner : new NonNullGraphType(inner);
    }

    private static NullabilityInfo? ItemOf(NullabilityInfo info)
    {
        if (info.Type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(info.Type)) return null;
        return info.ElementType ?? (info.GenericTypeArguments.Length == 1 ? info.GenericTypeArguments[0] : throw new InvalidOperationException($"{info.Type} is no list that the schema can say."));
    }

    private GraphQLTypeReference Named(Type type, bool isId, bool input)
    {
        if (isId) return new GraphQLTypeReference("ID");
        if (Scalars.TryGetValue(type, out var scalar)) return new GraphQLTypeReference(scalar);
        if (type == typeof(Guid)) throw new InvalidOperationException("A Guid in the schema needs [ID].");
        Define(type, input);
        return new GraphQLTypeReference(TypeNames.Of(type));
    }

    public void Define(Type type, bool input)
    {
        if (made.ContainsKey(type)) return;
        if (type.IsEnum) made[type] = Enum(type);
        else if (input) Add(type, new InputType(type), t => t.Build(this));
        else if (type.IsDefined(typeof(InterfaceTypeAttribute), inherit: false)) DefineInterface(type);
        else Add(type, (IExtendedType)Activator.CreateInstance(typeof(ExtendedType<>).MakeGenericType(type))!, t => t.Build(this));
    }

    private void Add<T>(Type type, T graph, Action<T> build) where T : IGraphType
    {
        made[type] = graph;
        graph.Name = TypeNames.Of(type);
        graph.Description = XmlDocs.Of(TypeNames.Holders.GetValueOrDefault(type) ?? type) ?? XmlDocs.Of(type);
        waiting.Enqueue(() => build(graph));
    }

    private void DefineInterface(Type type)
    {
        Add(type, (IInterfaceGraphType)Activator.CreateInstance(typeof(InterfaceGraphType<>).MakeGenericType(type))!, graph =>
        {
            foreach (var field in Fields.OfProperties(type, this)) graph.AddField(field);
        });
        foreach (var derived in type.Assembly.GetTypes().Where(t => t.IsSubclassOf(type) && !t.IsAbstract)) Define(derived, input: false);
    }

    /// <summary>The interface that a type stands behind, once it is defined.</summary>
    public IInterfaceGraphType? InterfaceOf(Type type)
        => type.BaseType is { } parent && parent.IsDefined(typeof(InterfaceTypeAttribute), inherit: false) ? (IInterfaceGraphType)made[parent] : null;

    private static EnumType Enum(Type type)
    {
        var graph = new EnumType { Name = TypeNames.Of(type), Description = XmlDocs.Of(type) };
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            graph.Add(TypeNames.Upper(field.Name), field.GetValue(null), XmlDocs.Of(field));
        return graph;
    }

    private sealed class EnumType : EnumerationGraphType;
}

/// <summary>A calendar day without a time, as 2026-09-01.</summary>
internal sealed class DateScalar : DateOnlyGraphType
{
    public DateScalar()
    {
        Name = "Date";
        Description = "日期，如 2026-09-01。A calendar day such as 2026-09-01.";
    }
}
