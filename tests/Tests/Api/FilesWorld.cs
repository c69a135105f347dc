using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Api;

/// <summary>Schools, keys and files for the doors of bytes, made through the rules of Core so that these tests do not hang on GraphQL.</summary>
internal sealed class FilesWorld(HubApp hub)
{
    private static readonly Viewer Operator = new(Guid.CreateVersion7(), null, Role.HubAdmin, null, ApiKeyScopes.All.ToFrozenSet(), []);

    public async Task<Guid> SchoolAsync(string name)
        => Made(await hub.Services.GetRequiredService<SchoolDirectory>().CreateSchoolAsync(Operator, new NewSchool(name), null, default)).Id;

    public async Task<Guid> PartnershipAsync(params Guid[] schools)
        => Made(await hub.Services.GetRequiredService<PartnershipDesk>()
            .CreateAsync(Operator, new NewPartnership(PartnershipKind.Pair, "结对", schools, new DateOnly(2020, 9, 1)), null, default)).Id;

    public async Task<string> KeyAsync(Guid? school, Role role = Role.Teacher, params string[] scopes)
        => Made(await hub.Services.GetRequiredService<KeyRing>()
            .CreateKeyAsync(Operator, new NewApiKey("test", school, role, scopes is [] ? [ApiKeyScopes.Read, ApiKeyScopes.Write] : scopes), null, default)).Secret!;

    /// <summary>A resource with one file, by a key of its own school; returns both ids.</summary>
    public async Task<(Guid Resource, Guid File)> FileAsync(Guid school, byte[] content, string name, string? mediaType = null, string? by = null, Visibility? published = null, Guid? partnership = null)
    {
        var library = hub.Services.GetRequiredService<ResourceLibrary>();
        var sharing = hub.Services.GetRequiredService<ResourceSharing>();
        var author = await hub.Services.GetRequiredService<KeyRing>().FindAsync(by ?? await KeyAsync(school), default);
        var resource = Made(await library.CreateAsync(author!, new NewResource { SchoolId = school, Title = name, Kind = "lesson-plan", Licence = "cc-by" }, null, default));
        await using var db = await DbAsync();
        var blob = await hub.Services.GetRequiredService<IBlobStore>().PutAsync(new MemoryStream(content), new BlobInfo(name, default), default);
        var file = new ResourceFile { ResourceId = resource.Id, Name = name, MediaType = mediaType ?? FileNames.MediaTypeOf(name), Size = content.Length, Sha256 = blob.Hex, AddedIn = 1, AddedAt = new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc) };
        db.Add(file);
        await db.SaveChangesAsync();
        if (partnership is { } shared) Made(await sharing.ShareAsync(Operator, resource.Id, [shared], null, default));
        else if (published is { } visibility) Made(await sharing.PublishAsync(Operator, resource.Id, visibility, null, default));
        return (resource.Id, file.Id);
    }

    public Task<HubDb> DbAsync() => hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static T Made<T>(Outcome<T> outcome) where T : class
        => outcome.Value ?? throw new InvalidOperationException(string.Join('\n', outcome.Problems.Select(p => p.Message)));
}

/// <summary>The real clock, moved by hand.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
