using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Resources;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Somebody at the doors.</summary>
/// <param name="Asker">As the words know them; null for those who are nobody.</param>
/// <param name="IsRefused">What they send opens nothing: every door says so at once.</param>
public sealed record Actor(string Name, HttpClient Client, Asker? Asker, bool IsRefused = false);

/// <summary>A resource in a state, and what it was before.</summary>
public sealed record Subject(string Name, Target Target, Resource Resource, Resource? Before);

/// <summary>What is asked for at a door: ids, and words that no other resource has.</summary>
public sealed record Target(string Id, string FileId, string OldFileId, string Word, string FileWord)
{
    public string Title => $"教案 {Word}";

    /// <summary>One that never was.</summary>
    public static Target Absent() => new(
        GlobalId.Of<Resource>(Guid.CreateVersion7()), GlobalId.Of<ResourceFile>(Guid.CreateVersion7()), GlobalId.Of<ResourceFile>(Guid.CreateVersion7()), NewWord(), NewWord());

    /// <summary>Twelve letters: one word to every analyzer, and as long as any other.</summary>
    public static string NewWord() => "zq" + new string(System.Security.Cryptography.RandomNumberGenerator.GetItems<char>("abcdefghijklmnopqrstuvwxyz", 10));

    /// <summary>An answer without what was asked for in it: then two answers can be compared byte by byte.</summary>
    public string Blank(string text) => text.Replace(Id, "{id}").Replace(FileId, "{file}").Replace(OldFileId, "{old file}").Replace(FileWord, "{file's word}").Replace(Word, "{word}");
}
