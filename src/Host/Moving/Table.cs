using System.Globalization;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Keys;

namespace ResourceHub.Host.Moving;

/// <summary>How many rows a table has, and a digest of all that they say, in the order of their keys: the same on every database.</summary>
internal sealed record TableSum(long Rows, string Digest);

/// <summary>One table of the record, moved row by row in the order of its key: what the target has already are the first ones.</summary>
internal abstract class Table
{
    /// <summary>Rows of one transaction.</summary>
    public const int AtOnce = 500;

    public required IEntityType Type { get; init; }

    public string Name => Type.GetTableName()!;

    /// <summary>The number that the database gives out, if its key is one.</summary>
    public string? Number => Type.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] && only.ClrType == typeof(long) ? only.GetColumnName() : null;

    /// <summary>All tables, those that others point at first.</summary>
    public static IReadOnlyList<Table> All(HubDb db)
    {
        var left = db.Model.GetEntityTypes().Where(t => !t.IsOwned() && t.BaseType is null).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        List<Table> ordered = [];
        while (left.Count > 0)
        {
            var next = left.First(t => t.GetDerivedTypesInclusive().SelectMany(d => d.GetForeignKeys()).Select(f => f.PrincipalEntityType.GetRootType()).All(p => p == t || !left.Contains(p)));
            left.Remove(next);
            ordered.Add((Table)Activator.CreateInstance(typeof(Table<>).MakeGenericType(next.ClrType), next)!);
        }
        return ordered;
    }

    public abstract Task<long> CountAsync(HubDb db, CancellationToken ct);

    /// <summary>Copies what the target does not have yet. A batch is a transaction: whoever is stopped goes on after the last whole one.</summary>
    public abstract Task CopyAsync(HubDb source, Func<Task<HubDb>> target, Action<long> progress, CancellationToken ct);

    public abstract Task<TableSum> SumAsync(HubDb db, CancellationToken ct);
}

internal sealed class Table<T> : Table where T : class
{
    /// <summary>For each kind of row, as one table may hold several.</summary>
    private readonly Dictionary<Type, (string Name, Func<object, object?> Read)[]> properties;

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public Table(IEntityType type)
    {
        Type = type;
        properties = type.GetDerivedTypesInclusive().ToDictionary(t => t.ClrType, t => Readers(t, row => row).OrderBy(p => p.Name, StringComparer.Ordinal).ToArray());
    }

    public override Task<long> CountAsync(HubDb db, CancellationToken ct) => Rows(db).LongCountAsync(ct);

    public override async Task CopyAsync(HubDb source, Func<Task<HubDb>> target, Action<long> progress, CancellationToken ct)
    {
        long done;
        await using (var there = await target()) done = await CountAsync(there, ct);
        List<T> batch = [];
        await foreach (var row in InOrder(source).Skip((int)done).AsAsyncEnumerable().WithCancellation(ct))
        {
            batch.Add(row);
            if (batch.Count < AtOnce) continue;
            await AddAsync();
        }
        if (batch.Count > 0) await AddAsync();

        async Task AddAsync()
        {
            await using var there = await target();
            there.AddRange(batch);
            await there.SaveChangesAsync(ct);
            done += batch.Count;
            batch.Clear();
            progress(done);
        }
    }

    public override async Task<TableSum> SumAsync(HubDb db, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        await foreach (var row in InOrder(db).AsAsyncEnumerable().WithCancellation(ct))
        {
            rows++;
            foreach (var (name, read) in properties[row.GetType()]) digest.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { name, Text(read(row)) })));
        }
        return new(rows, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    /// <summary>Without the target's own note that it is being filled, and without the head of an audit log that has no line: some databases have one from the beginning.</summary>
    private static IQueryable<T> Rows(HubDb db)
        => typeof(T) == typeof(SharedKey) ? (IQueryable<T>)db.SharedKeys.AsNoTracking().Where(k => k.Name != SharedKeys.Moving)
            : typeof(T) == typeof(AuditHead) ? (IQueryable<T>)db.AuditHeads.AsNoTracking().Where(h => h.Seq > 0)
            : db.Set<T>().AsNoTracking();

    private IQueryable<T> InOrder(HubDb db)
    {
        IOrderedQueryable<T>? ordered = null;
        foreach (var part in Type.FindPrimaryKey()!.Properties)
        {
            var row = Expression.Parameter(typeof(T));
            var key = Expression.Lambda<Func<T, object>>(Expression.Convert(Expression.Property(row, part.Name), typeof(object)), row);
            ordered = ordered is null ? Rows(db).OrderBy(key) : ordered.ThenBy(key);
        }
        return ordered!;
    }

    private static IEnumerable<(string Name, Func<object, object?> Read)> Readers(IEntityType type, Func<object, object?> of)
    {
        foreach (var property in type.GetProperties())
        {
            // An owned thing repeats the key of its owner; which kind a row is its type says.
            if (property.IsShadowProperty() && (type.IsOwned() && property.IsPrimaryKey() || property == type.FindDiscriminatorProperty())) continue;
            var read = property switch
            {
                { PropertyInfo: { } info } => (Func<object, object?>)info.GetValue,
                { FieldInfo: { } field } => field.GetValue,
                _ => throw new InvalidOperationException($"{type.Name}.{property.Name} cannot be moved: it is in the database only."),
            };
            yield return ($"{type.GetTableName()}.{type.ShortName()}.{property.Name}", row => of(row) is { } holder ? read(holder) : null);
        }
        foreach (var owned in type.GetNavigations().Where(n => n.TargetEntityType.IsOwned()))
            foreach (var inner in Readers(owned.TargetEntityType, row => of(row) is { } holder ? owned.PropertyInfo!.GetValue(holder) : null)) yield return inner;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        // PostgreSQL keeps microseconds.
        DateTime at => (at.ToUniversalTime().Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        Enum word => word.ToString("D"),
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        _ => JsonSerializer.Serialize(value),
    };
}
