using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Tests.Sharing;

namespace ResourceHub.Tests.Lessons;

/// <summary>Lessons in the world of two partner schools and one elsewhere.</summary>
public sealed class LessonWorld : IAsyncLifetime
{
    public SharingWorld Circle { get; } = new();
    public HubApp Hub => Circle.Hub;

    public Task InitializeAsync() => Circle.InitializeAsync();

    public Task DisposeAsync() => Circle.DisposeAsync();

    /// <summary>A draft of the author with these parts, written kind:resource.</summary>
    public async Task<string> LessonAsync(string title, string[]? parts = null, string? key = null, string? school = null)
    {
        var made = await Circle.ChangeAsync("createLesson",
            new { schoolId = school ?? Circle.Giver, title, grade = "g6", subject = "mathematics", parts = Parts(parts ?? []) }, key ?? Circle.Author, "lesson { id }");
        return made.GetProperty("lesson").GetProperty("id").GetString()!;
    }

    /// <summary>Published by the operator, so that tests need no second admin.</summary>
    public Task PublishAsync(string id, string visibility = "PUBLIC", string[]? partnerships = null)
        => Circle.ChangeAsync("publishLesson", new { lessonId = id, visibility, partnershipIds = partnerships }, HubApp.AdminKey);

    /// <summary>A resource that is open so far, made by the operator.</summary>
    public async Task<string> ResourceAsync(string title, string visibility = "PUBLIC", string kind = "slides", string? school = null)
    {
        var made = await Circle.ChangeAsync("createResource", new { schoolId = school ?? Circle.Giver, title, kind, licence = "cc-by", stage = "primary", grades = new[] { "g6" }, subject = "mathematics" }, HubApp.AdminKey, "resource { id }");
        var id = made.GetProperty("resource").GetProperty("id").GetString()!;
        if (visibility == "PARTNERS") await Circle.ChangeAsync("shareResource", new { resourceId = id, partnershipIds = new[] { Circle.Agreement } }, HubApp.AdminKey);
        else if (visibility != "DRAFT") await Hub.PublishAsync(id, visibility);
        return id;
    }

    /// <summary>A draft course of the author; units are written title:lesson,lesson.</summary>
    public async Task<string> CourseAsync(string title, string? key, params (string? Title, string[] Lessons)[] units)
        => (await Circle.ChangeAsync("createCourse", new { schoolId = Circle.Giver, title, grade = "g6", subject = "mathematics", units = Units(units) }, key ?? Circle.Author, "course { id }"))
            .GetProperty("course").GetProperty("id").GetString()!;

    public static object[] Units(params (string? Title, string[] Lessons)[] units) => [.. units.Select(u => new { title = u.Title, lessonIds = u.Lessons })];

    public Task SetLessonsAsync(string course, string? key, params (string? Title, string[] Lessons)[] units)
        => Circle.ChangeAsync("setCourseLessons", new { courseId = course, units = Units(units) }, key);

    public static string[] Titles(JsonElement connection) => [.. connection.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("title").GetString()!)];

    public static object[] Parts(params string[] parts) => [.. parts.Select(p => p.Split(':')).Select(p => new { kind = p[0], resourceId = p[1] })];

    public Task<JsonElement> SetPartsAsync(string lesson, string? key, params string[] parts)
        => Circle.ChangeAsync("setLessonParts", new { lessonId = lesson, parts = Parts(parts) }, key, "lesson { version parts { id kind position resource { title } } partsNotShared }");

    /// <summary>Fields of a lesson as somebody sees it; JSON null when they do not.</summary>
    public async Task<JsonElement> SeeAsync(string id, string fields, string? key) => (await Hub.QueryAsync($"query($id: ID!) {{ lesson(id: $id) {{ {fields} }} }}", new { id }, key)).GetProperty("lesson");

    public async Task<bool> IsSeenAsync(string id, string? key) => (await SeeAsync(id, "id", key)).ValueKind != JsonValueKind.Null;

    /// <summary>The parts as kind title, in their order.</summary>
    public static string[] Told(JsonElement lesson)
        => [.. lesson.GetProperty("parts").EnumerateArray().Select(p => $"{p.GetProperty("kind").GetString()} {p.GetProperty("resource").GetProperty("title").GetString()}")];

    /// <summary>The audit log's actions about a lesson, course or collection, oldest first.</summary>
    public async Task<string[]> AuditAsync(string id)
    {
        var guid = GlobalId.Parse(id)!.Value.Id;
        await using var db = await Hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        return [.. await db.AuditEvents.Where(a => a.ObjectId == guid).OrderBy(a => a.Seq).Select(a => a.Action).ToListAsync()];
    }
}
