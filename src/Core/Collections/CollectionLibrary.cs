using ResourceHub.Core.Changes;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Collections;

/// <summary>What a school says about a collection.</summary>
public record CollectionInput : PackInput
{
    public CollectionPurpose? Purpose { get; init; }

    public void ApplyTo(Collection c)
    {
        ApplyWords(c);
        if (Purpose is { } purpose) c.Purpose = purpose;
    }
}

public sealed record NewCollection : CollectionInput
{
    public required Guid SchoolId { get; init; }
    public IReadOnlyList<GivenItem> Items { get; init; } = [];
}

/// <summary>How collections come into being and change.</summary>
public sealed class CollectionLibrary(ChangeDesk changes, PackDesk desk)
{
    public Task<Outcome<Collection>> CreateAsync(Viewer viewer, NewCollection input, string? key, CancellationToken ct)
        => changes.MakeAsync<Collection>(viewer, key, "createCollection", input, async (db, now) =>
        {
            List<Problem> problems = [];
            var title = input.CheckNew(problems);
            await PackDesk.CheckSchoolAsync(db, viewer, input.SchoolId, problems, ct);
            if (problems.Count > 0) return problems;
            var collection = new Collection { SchoolId = input.SchoolId, CreatedBy = viewer.ActorId!.Value, Title = title!, CreatedAt = now };
            input.ApplyTo(collection);
            if (input.Items.Count > 0) await CollectionItems.SetAsync(db, viewer, collection, input.Items, withoutHidden: false, problems, ct);
            if (problems.Count > 0) return problems;
            await PackDesk.AddAsync(db, viewer, collection, "created", now, ct);
            return collection;
        }, ct);

    public Task<Outcome<Collection>> UpdateAsync(Viewer viewer, Guid id, CollectionInput input, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync<Collection>(viewer, id, key, "updateCollection", new { id, input, why }, why, async (db, collection, now, problems) =>
        {
            input.Check(problems);
            if (problems.Count > 0) return null;
            input.ApplyTo(collection);
            await PackOpening.CheckStillOpenAsync(db, collection, now, problems, ct);
            return "metadata";
        }, ct);

    public Task<Outcome<Collection>> SetItemsAsync(Viewer viewer, Guid id, IReadOnlyList<GivenItem> items, bool withoutHidden, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync<Collection>(viewer, id, key, "setCollectionItems", new { id, items, withoutHidden, why }, why, async (db, collection, now, problems) =>
        {
            await CollectionItems.SetAsync(db, viewer, collection, items, withoutHidden, problems, ct);
            return "parts";
        }, ct);
}
