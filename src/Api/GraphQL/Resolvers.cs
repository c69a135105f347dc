using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using Microsoft.Extensions.DependencyInjection;
using E = System.Linq.Expressions.Expression;

namespace ResourceHub.Api.GraphQL;

/// <summary>Compiles methods to resolvers: each parameter is the parent, a service, the request's cancellation, or an argument.</summary>
internal static class Resolvers
{
    private static readonly ParameterExpression Context = E.Parameter(typeof(IResolveFieldContext), "context");
    private static readonly ParameterExpression NodeId = E.Parameter(typeof(Guid), "id");

    public static bool IsArgument(ParameterInfo p)
        => p.ParameterType != typeof(CancellationToken) && p.ParameterType != typeof(Selection) && p.GetCustomAttribute<ParentAttribute>() is null
            && p.GetCustomAttribute<ServiceAttribute>() is null && p.GetCustomAttribute<EventMessageAttribute>() is null;

    public static IFieldResolver Of(MethodInfo method)
    {
        var call = E.Call(method.IsStatic ? null : Source(method.DeclaringType!), method, method.GetParameters().Select(Value));
        return IsTask(method.ReturnType)
            ? new Later(E.Lambda<Func<IResolveFieldContext, ValueTask<object?>>>(AsObject(call), Context).Compile())
            : new Now(E.Lambda<Func<IResolveFieldContext, object?>>(E.Convert(call, typeof(object)), Context).Compile());
    }

    /// <summary>A [Subscribe] method: asked with <see cref="Opening"/> in place of an event it opens the events, else it answers one.</summary>
    public static IFieldResolver OfSubscription(MethodInfo method)
    {
        var with = method.DeclaringType!.GetMethod(method.GetCustomAttribute<SubscribeAttribute>()!.With)!;
        var call = E.Call(with, with.GetParameters().Select(Value));
        var open = E.Lambda<Func<IResolveFieldContext, Task<IAsyncEnumerable<object>>>>(E.Call(typeof(Resolvers), nameof(AsObjectsAsync), [call.Type.GenericTypeArguments[0].GenericTypeArguments[0]], call), Context).Compile();
        var answer = Of(method);
        return new Later(async context =>
        {
            if (context.Source is not Opening opening) return await answer.ResolveAsync(context);
            opening.Events = await open(context);
            // There is no event yet, and most fields may not be null: said as an error, which nobody reads, it is not taken for a fault.
            throw new ExecutionError("opened");
        });
    }

    public static IFieldResolver Of(Type type, PropertyInfo property)
        => new Now(E.Lambda<Func<IResolveFieldContext, object?>>(E.Convert(E.Property(Source(type), property), typeof(object)), Context).Compile());

    /// <summary>A [NodeResolver]: the same, but its id is given.</summary>
    public static Func<IResolveFieldContext, Guid, object?> OfNode(MethodInfo method)
        => E.Lambda<Func<IResolveFieldContext, Guid, object?>>(
            E.Convert(E.Call(method, method.GetParameters().Select(p => IsArgument(p) ? NodeId : Value(p))), typeof(object)), Context, NodeId).Compile();

    private static Expression Value(ParameterInfo p)
    {
        if (p.ParameterType == typeof(CancellationToken)) return E.Property(Context, nameof(IResolveFieldContext.CancellationToken));
        if (p.ParameterType == typeof(Selection)) return E.New(typeof(Selection).GetConstructors()[0], Context);
        if (p.GetCustomAttribute<ParentAttribute>() is not null || p.GetCustomAttribute<EventMessageAttribute>() is not null) return Source(p.ParameterType);
        if (p.GetCustomAttribute<ServiceAttribute>() is not null) return E.Call(typeof(Resolvers), nameof(Service), [p.ParameterType], Context);
        var fallback = p.HasDefaultValue && p.DefaultValue is not null ? E.Convert(E.Constant(p.DefaultValue), p.ParameterType) : (Expression)E.Default(p.ParameterType);
        return E.Call(typeof(Resolvers), nameof(Argument), [p.ParameterType], Context, E.Constant(p.Name), E.Constant(InputValue.ReaderFor(p.ParameterType, p.GetCustomAttribute<IDAttribute>(), p.Name!)), fallback);
    }

    private static UnaryExpression Source(Type type) => E.Convert(E.Property(Context, nameof(IResolveFieldContext.Source)), type);

    private static T Service<T>(IResolveFieldContext context) where T : notnull => context.RequestServices!.GetRequiredService<T>();

    private static T Argument<T>(IResolveFieldContext context, string name, Func<object, object> read, T fallback)
        => context.Arguments is { } given && given.TryGetValue(name, out var argument) && argument.Value is { } value ? (T)read(value) : fallback;

    /// <summary>Whether the method goes to the record or the index, or only shows what is there.</summary>
    public static bool Fetches(MethodInfo method) => IsTask(method.ReturnType) || method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IDataLoaderResult<>);

    private static bool IsTask(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>);

    private static MethodCallExpression AsObject(MethodCallExpression call) => E.Call(typeof(Resolvers), nameof(AwaitAsync), call.Type.GenericTypeArguments, call);

    private static async ValueTask<object?> AwaitAsync<T>(Task<T> task) => await task;

    private static async Task<IAsyncEnumerable<object>> AsObjectsAsync<T>(Task<IAsyncEnumerable<T>> events) where T : class => await events;

    private sealed class Now(Func<IResolveFieldContext, object?> resolve) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(resolve(context));
    }

    private sealed class Later(Func<IResolveFieldContext, ValueTask<object?>> resolve) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => resolve(context);
    }
}

/// <summary>Stands where an event would, when a subscription is opened.</summary>
internal sealed class Opening
{
    /// <summary>Set by the field that is subscribed to; null when there is none, or it refused.</summary>
    public IAsyncEnumerable<object>? Events { get; set; }
}
