using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.Collections;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Resources;
using ResourceHub.Core;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Lessons;

/// <summary>课、课程或专辑的一个版本：谁在何时为何改了什么，以及当时的内容。One version of a lesson, course or collection: who changed what, when and why, and what it then said and held.</summary>
[GraphQLName("PackVersion")]
public sealed record ShownVersion([property: GraphQLIgnore] PackVersion Kept, [property: GraphQLIgnore] Pack Pack)
{
    [GraphQLIgnore]
    public PackContent Content { get; } = PackContent.Read(Kept, Pack);

    /// <summary>版本号，从 1 起。Its number, from 1.</summary>
    public int Number => Kept.Number;

    /// <summary>时间。When it was made.</summary>
    public DateTime At => Kept.At;

    /// <summary>变动：created、adapted、metadata、parts、taken、restored。What changed.</summary>
    public string What => Kept.What;

    /// <summary>为什么更改，按更改者所写。Why, in the words of who changed it.</summary>
    public string? Why => Kept.Why;

    /// <summary>当时的标题。Its title then.</summary>
    public string Title => Content.Title;

    /// <summary>当时写的内容，逐个字段。What it said then, field by field.</summary>
    public IReadOnlyList<VersionField> Fields => [.. Content.Said.Select(f => new VersionField(f.Name, f.Value))];

    /// <summary>更改者；仅本校可见。Who changed it; for the owner school.</summary>
    public IDataLoaderResult<string?> GetBy([Service] ActorName names, [Service] Viewer viewer) => viewer.IsOf(Pack.SchoolId) ? names.LoadAsync(Kept.By) : Later.Nothing<string>();

    /// <summary>课：当时的各部分，您现在能看到的。Of a lesson: its parts then, of which you see the resource now.</summary>
    public IDataLoaderResult<IReadOnlyList<ShownPart>> GetParts([Service] HeldInVersion held) => held.LoadAsync(new VersionKey(this)).Then(h => h?.Parts ?? []);

    /// <summary>课程：当时的各课，您现在能看到的，按次序。Of a course: its lessons then that you see now, in their order.</summary>
    public IDataLoaderResult<IReadOnlyList<Lesson>> GetLessons([Service] HeldInVersion held) => held.LoadAsync(new VersionKey(this)).Then(h => h?.Lessons ?? []);

    /// <summary>专辑：当时的各项，您现在能看到的。Of a collection: its items then that you see now.</summary>
    public IDataLoaderResult<IReadOnlyList<ShownItem>> GetItems([Service] HeldInVersion held) => held.LoadAsync(new VersionKey(this)).Then(h => h?.Items ?? []);
}

/// <summary>某一版写的一个字段。A field as a version has it.</summary>
/// <param name="Name">字段名，如 title。The field, such as title.</param>
/// <param name="Value">内容；学习目标每行一条。What it says; objectives are one to a line.</param>
public sealed record VersionField(string Name, string Value);

public sealed record VersionKey(ShownVersion Version)
{
    public bool Equals(VersionKey? other) => other is not null && (other.Version.Kept.PackId, other.Version.Number) == (Version.Kept.PackId, Version.Number);

    public override int GetHashCode() => HashCode.Combine(Version.Kept.PackId, Version.Number);
}

public sealed record Held(IReadOnlyList<ShownPart> Parts, IReadOnlyList<Lesson> Lessons, IReadOnlyList<ShownItem> Items);

/// <summary>What versions held, as far as the viewer sees it now: three statements for all versions that are asked for.</summary>
public sealed class HeldInVersion(IDbContextFactory<HubDb> databases, ResourceRows rows, Viewer viewer) : BatchLoader<VersionKey, Held>
{
    protected override async Task<IReadOnlyDictionary<VersionKey, Held>> LoadBatchAsync(IReadOnlyList<VersionKey> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<PackContent> contents = [.. keys.Select(k => k.Version.Content)];
        Guid[] resourceIds = [.. contents.SelectMany(c => c.Resources).Distinct()], lessonIds = [.. contents.SelectMany(c => c.Taught).Distinct()];
        var resources = await rows.ByIdAsync(db, viewer, resourceIds, ct);
        var lessons = await db.Lessons.AsNoTracking().VisibleTo(viewer).Where(l => lessonIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        return keys.ToDictionary(k => k, k => k.Version.Content switch
        {
            LessonContent lesson => new Held([.. lesson.Parts.Select((p, n) => Part(k.Version.Pack.Id, p, n + 1)).OfType<ShownPart>()], [], []),
            CourseContent course => new Held([], [.. course.Lessons.Select(l => lessons.GetValueOrDefault(l.LessonId)).OfType<Lesson>()], []),
            CollectionContent collection => new Held([], [], [.. collection.Items.Select((i, n) => Item(k.Version.Pack.Id, i, n + 1)).Where(i => i.Resource is not null || i.Lesson is not null)]),
            _ => new Held([], [], []),
        });

        ShownPart? Part(Guid lesson, PartContent part, int position) => resources.TryGetValue(part.ResourceId, out var resource)
            ? new ShownPart(new LessonPart { Id = part.Id, LessonId = lesson, Position = position, Kind = part.Kind, ResourceId = part.ResourceId, SourcePartId = part.SourcePartId }, resource) : null;

        ShownItem Item(Guid collection, ItemContent item, int position) => new(
            new CollectionItem { Id = item.Id, CollectionId = collection, Position = position, ResourceId = item.ResourceId, LessonId = item.LessonId, Note = item.Note },
            item.ResourceId is { } r ? resources.GetValueOrDefault(r) : null, item.LessonId is { } l ? lessons.GetValueOrDefault(l) : null);
    }
}
