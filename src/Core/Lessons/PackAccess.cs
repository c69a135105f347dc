using System.Linq.Expressions;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>Who sees a lesson, course or collection: the rule of resources (<see cref="ResourceAccess"/>), read over the pack's own fields.</summary>
public static class PackAccess
{
    public static Expression<Func<T, bool>> VisibleTo<T>(Viewer viewer) where T : Pack
    {
        var pack = Expression.Parameter(typeof(T), "p");
        return Expression.Lambda<Func<T, bool>>(new OverPacks(pack).Visit(ResourceAccess.VisibleTo(viewer).Body), pack);
    }

    extension<T>(IQueryable<T> packs) where T : Pack
    {
        public IQueryable<T> VisibleTo(Viewer viewer) => packs.Where(PackAccess.VisibleTo<T>(viewer));
    }

    /// <summary>Reads each field of a resource from the pack's field of the same name, and each share from the pack's shares.</summary>
    private sealed class OverPacks(ParameterExpression pack) : ExpressionVisitor
    {
        private readonly Dictionary<ParameterExpression, ParameterExpression> shares = [];

        protected override Expression VisitParameter(ParameterExpression node)
            => node.Type == typeof(Resource) ? pack : shares.GetValueOrDefault(node, node);

        protected override Expression VisitMember(MemberExpression node)
            => node.Member.DeclaringType == typeof(Resource) || node.Member.DeclaringType == typeof(ResourceShare)
                ? Expression.Property(Visit(node.Expression)!, node.Member.Name)
                : base.VisitMember(node);

        /// <summary>Any over the shares: the same method for the pack's shares.</summary>
        protected override Expression VisitMethodCall(MethodCallExpression node)
            => node.Method.IsGenericMethod && node.Method.GetGenericArguments() is [var element] && element == typeof(ResourceShare)
                ? Expression.Call(node.Method.GetGenericMethodDefinition().MakeGenericMethod(typeof(PackShare)), node.Arguments.Select(a => Visit(a)!))
                : base.VisitMethodCall(node);

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            if (node.Parameters is not [{ } share] || share.Type != typeof(ResourceShare)) return base.VisitLambda(node);
            shares[share] = Expression.Parameter(typeof(PackShare), share.Name);
            return Expression.Lambda(Visit(node.Body), shares[share]);
        }
    }
}
