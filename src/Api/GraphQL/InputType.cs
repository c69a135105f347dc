using System.Collections;
using System.Reflection;
using GraphQL.Types;

namespace ResourceHub.Api.GraphQL;

/// <summary>An input type from a record: its constructor's parameters and its other properties.</summary>
internal sealed class InputType(Type type) : InputObjectGraphType
{
    private readonly List<Member> members = [];
    private ConstructorInfo constructor = null!;

    private sealed record Member(string Name, PropertyInfo Property, ParameterInfo? Parameter, Func<object, object> Read);

    public void Build(TypeMap types)
    {
        constructor = type.GetConstructors().Where(c => !(c.GetParameters() is [var only] && only.ParameterType == type)).MaxBy(c => c.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            var parameter = parameters.FirstOrDefault(p => p.Name == property.Name);
            var id = property.GetCustomAttribute<IDAttribute>() ?? parameter?.GetCustomAttribute<IDAttribute>();
            var name = TypeNames.Of(property);
            members.Add(new Member(name, property, parameter, InputValue.ReaderFor(property.PropertyType, id, name)));
            AddField(new FieldType { Name = name, Description = XmlDocs.Of(property), ResolvedType = types.Input(property, id), DefaultValue = DefaultOf(parameter) });
        }
    }

    /// <summary>What may be left out and is not null then, such as a Boolean.</summary>
    private static object? DefaultOf(ParameterInfo? parameter)
        => parameter is not { HasDefaultValue: true, DefaultValue: { } value } ? null : parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, value) : value;

    public override object ParseDictionary(IDictionary<string, object?> value)
    {
        var arguments = constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : null).ToArray();
        foreach (var member in members)
            if (member.Parameter is { } parameter && Read(member, value) is { } read)
                arguments[parameter.Position] = read;
        var made = constructor.Invoke(arguments);
        foreach (var member in members)
            if (member.Parameter is null && Read(member, value) is { } read)
                member.Property.SetValue(made, read);
        return made;
    }

    private static object? Read(Member member, IDictionary<string, object?> value) => value.TryGetValue(member.Name, out var given) && given is not null ? member.Read(given) : null;
}

/// <summary>From what the engine parsed to what our methods take: ids of a type, and lists.</summary>
internal static class InputValue
{
    public static Func<object, object> ReaderFor(Type type, IDAttribute? id, string field)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
        {
            var item = type.GenericTypeArguments[0];
            var read = ReaderFor(item, id, field);
            var list = typeof(List<>).MakeGenericType(item);
            return value =>
            {
                var made = (IList)Activator.CreateInstance(list)!;
                foreach (var one in (IEnumerable)value) made.Add(read(one));
                return made;
            };
        }
        if (id?.Type is { } of)
        {
            var name = TypeNames.Of(of);
            return value => GlobalId.Read((string)value, name, field);
        }
        return value => value;
    }
}
