using ResourceHub.Core;
using ResourceHub.Core.Resources;
using ResourceHub.Host.Demo;
using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Tests.Demo;

/// <summary>The demonstration's lessons are filed under words the taxonomy knows, belong to its schools, and show what the hub can hold.</summary>
public sealed class LessonShelfTests
{
    private static readonly Circle Circle = Circle.Read();

    public static TheoryData<string> Keys => [.. LessonShelf.All.Select(l => l.Key)];

    [Theory, MemberData(nameof(Keys))]
    public void A_lesson_is_filed_under_known_words_and_belongs_to_a_school_of_its_partnerships(string key)
    {
        var lesson = LessonShelf.All.Single(l => l.Key == key);
        List<Problem> problems = [];
        new ResourceInput
        {
            Kind = lesson.Kind,
            Stage = lesson.Stage,
            Grades = lesson.Grades,
            Subject = lesson.Subject,
            Edition = lesson.Edition,
            Volume = lesson.Volume,
            Chapter = lesson.Chapter,
            Licence = lesson.Licence,
            Description = lesson.Description,
            Keywords = lesson.Keywords,
        }.Check(problems);
        Assert.Empty(problems);
        var school = Assert.Single(Circle.Schools, s => s.Name == lesson.School);
        Assert.Contains(lesson.Stage, school.Stages);
        Assert.NotEmpty(lesson.Files);
        foreach (var name in lesson.Partnerships)
        {
            var partnership = Assert.Single(Circle.Partnerships, p => p.Name == name);
            Assert.Contains(lesson.School, partnership.Schools);
            Assert.True(partnership.Subjects is null || partnership.Subjects.Contains(lesson.Subject));
            Assert.True(partnership.Stages is null || partnership.Stages.Contains(lesson.Stage));
        }
    }

    [Theory, MemberData(nameof(Keys))]
    public async Task Each_file_of_a_lesson_can_be_built(string key)
    {
        foreach (var file in LessonShelf.All.Single(l => l.Key == key).Files.Where(f => !f.Name.EndsWith(".mp4", StringComparison.Ordinal)))
        {
            await using var built = await LessonBuilder.TryBuildAsync(file, default);
            Assert.True(built!.Length > 500, file.Name);
        }
    }

    [Fact]
    public void Members_of_partnerships_and_sign_ins_are_schools_of_the_circle()
    {
        var schools = Circle.Schools.Select(s => s.Name).ToHashSet();
        Assert.All(Circle.Partnerships.SelectMany(p => p.Schools), name => Assert.Contains(name, schools));
        Assert.All(Circle.SignIns, s => Assert.Contains(s.School, schools));
    }

    [Fact]
    public void The_shelf_covers_all_stages_many_subjects_and_editions_and_every_kind_of_file()
    {
        var lessons = LessonShelf.All;
        Assert.True(lessons.Count >= 36, $"{lessons.Count} lessons");
        Assert.Equal(["junior", "preschool", "primary", "senior", "vocational"], lessons.Select(l => l.Stage).Distinct().Order());
        Assert.True(lessons.Select(l => l.Subject).Distinct().Count() >= 12);
        Assert.True(lessons.Select(l => l.Edition).OfType<string>().Distinct().Count() >= 4);
        Assert.True(lessons.Count(l => l.Language == "zh-CN") >= 30);
        Assert.True(lessons.Count(l => l.Language == "en") >= 3);
        Assert.Equal([".docx", ".md", ".mp4", ".pdf", ".pptx", ".srt", ".xlsx"], lessons.SelectMany(l => l.Files).Select(f => Path.GetExtension(f.Name)).Distinct().Order());
        Assert.Equal(Enum.GetValues<LessonAudience>(), lessons.Select(l => l.Audience).Distinct().Order());
        Assert.Equal(lessons.Count, lessons.Select(l => l.Title).Distinct().Count());
    }
}
