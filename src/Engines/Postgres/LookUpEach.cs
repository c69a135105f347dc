using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ResourceHub.Engines.Postgres;

/// <summary>
/// "The first few for each of these": EF makes a window over the whole table of it, which SQLite needs. PostgreSQL can look them up one by one, by the index
/// and no further than the limit (LATERAL), and EF writes it so where the parts are tied by more than an equality. So each such equality of ids gets beside it
/// what follows from it: a = b, and a &gt;= b.
/// </summary>
internal sealed class LookUpEach : IQueryExpressionInterceptor
{
    public static readonly LookUpEach Instance = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => new Parts().Visit(queryExpression);

    private sealed class Parts : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            var visited = (MethodCallExpression)base.VisitMethodCall(node);
            if (visited.Method.Name != nameof(Queryable.SelectMany) || visited.Method.DeclaringType != typeof(Queryable)) return visited;
            if (visited.Arguments[1] is not UnaryExpression { Operand: LambdaExpression { Parameters: [var outer] } part } || !IsCutOff(part.Body)) return visited;
            var tied = Expression.Lambda(part.Type, new Ties(outer).Visit(part.Body), part.Parameters);
            return visited.Update(null, [visited.Arguments[0], Expression.Quote(tied), .. visited.Arguments.Skip(2)]);
        }

        private static bool IsCutOff(Expression? part)
        {
            for (; part is MethodCallExpression call && call.Method.DeclaringType == typeof(Queryable); part = call.Arguments[0])
                if (call.Method.Name == nameof(Queryable.Take)) return true;
            return false;
        }
    }

    /// <summary>Doubles the equalities of ids that tie what is looked up to what it is looked up for.</summary>
    private sealed class Ties(ParameterExpression outer) : ExpressionVisitor
    {
        protected override Expression VisitBinary(BinaryExpression node)
            => node.NodeType == ExpressionType.Equal && (node.Left.Type == typeof(Guid) || node.Left.Type == typeof(Guid?)) && Names(node.Left) != Names(node.Right)
                ? Expression.AndAlso(node, Expression.GreaterThanOrEqual(node.Left, node.Right))
                : base.VisitBinary(node);

        private bool Names(Expression side)
        {
            while (side is UnaryExpression { Operand: var operand }) side = operand;
            while (side is MemberExpression { Expression: { } of }) side = of;
            return side == outer;
        }
    }
}
