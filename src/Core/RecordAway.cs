using System.Data.Common;

namespace ResourceHub.Core;

/// <summary>What a database says when it cannot be used at present, told apart from what is wrong with what was asked of it. By the words of SQL, not of a product.</summary>
public static class RecordAway
{
    /// <summary>After so many seconds it may be asked again.</summary>
    public const int RetryAfterSeconds = 2;

    public static readonly Problem Problem = new("RECORD_AWAY", "数据库暂时没有响应，请稍后再试；已保存的内容不会丢失。The database does not answer at present: try again shortly; what was saved stays.");

    /// <summary>It does not answer, has no room for another, or took too long: asked again later it may go.</summary>
    public static bool Is(Exception error) => Find(error) is { } said && (said.IsTransient || said.SqlState is ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or "55P03" or "25P03");

    /// <summary>The connection broke, or the server goes down: unless it was told to commit, nothing was done.</summary>
    public static bool IsBroken(Exception error)
        => Find(error) is { } said && (said.SqlState is ['0', '8', ..] or "57P01" or "57P02" or "57P03" || said is { SqlState: null, IsTransient: true, InnerException: not TimeoutException });

    /// <summary>Two met and this one was sent back (a deadlock, a conflict of two transactions): nothing was done, and it may begin anew at once.</summary>
    public static bool IsClash(Exception error) => Find(error)?.SqlState is "40001" or "40P01";

    /// <summary>Text was sent that it cannot keep. The doors see to that; this is for what gets past them.</summary>
    public static bool IsNoText(Exception error) => Find(error)?.SqlState is "22021";

    private static DbException? Find(Exception? error)
    {
        while (error is not null and not DbException) error = error.InnerException;
        return error as DbException;
    }
}
