using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Host.Demo;

/// <summary>How a demonstration lesson is shown once it is in the hub.</summary>
public enum LessonAudience { Draft, School, Partners, Members, Public }

/// <summary>One resource of the demonstration: what a school says about it, and the files it is made of.</summary>
/// <param name="Key">The name of its file in Demo/Lessons: stable, so that seeding again finds the same resource.</param>
/// <param name="School">Full name of the school that owns it.</param>
/// <param name="Partnerships">Names of the partnerships it is shared with, for <see cref="LessonAudience.Partners"/>.</param>
public sealed record Lesson(
    string Key, string School, string Title, string Description, string Kind, string Stage, IReadOnlyList<string> Grades, string Subject, string? Edition, string? Volume,
    string? Chapter, string Language, string Licence, IReadOnlyList<string> Keywords, string Contributor, LessonAudience Audience, IReadOnlyList<string> Partnerships,
    IReadOnlyList<LessonFile> Files);

/// <summary>One file of a lesson: its name, whose ending says what is built, and its text in the lessons' own small markup.</summary>
public sealed record LessonFile(string Name, string Title, string Author, string Text)
{
    public IReadOnlyList<Block> Blocks { get; } = BlockReader.Read(Text);
}
