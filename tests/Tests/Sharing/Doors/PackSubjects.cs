using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Tests.Lessons;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>A lesson, a course and a collection for each resource, open to whom that is open; and what everybody sees in which all of them stand.</summary>
/// <param name="OpenLesson">Its parts are all the resources.</param>
/// <param name="OpenCourse">Has all the lessons.</param>
/// <param name="OpenCollection">Its items are all the resources and lessons.</param>
/// <param name="Chapter">All resources and lessons are filed there.</param>
public sealed record PackSubjects(
    IReadOnlyList<Subject> Lessons, IReadOnlyList<Subject> Courses, IReadOnlyList<Subject> Collections, string OpenLesson, string OpenCourse, string OpenCollection, string Chapter)
{
    public static Target Absent<T>() => Target.Absent() with { Id = GlobalId.Of<T>(Guid.CreateVersion7()) };
}

internal sealed class PackSubjectMaker(HubDb db, IReadOnlyList<Subject> resources, DateTime now)
{
    private Guid Owner => resources[0].Resource.SchoolId;
    private Guid Creator => resources[0].Resource.CreatedBy;

    public async Task<PackSubjects> MakeAsync()
    {
        var chapter = new CatalogueNode { Code = "doors/1", Title = "圆", Subject = "mathematics" };
        chapter.VolumeId = chapter.Id;
        db.Add(chapter);
        var beacon = resources.Single(s => s.Name == "public").Resource.Id;
        var (lessons, courses, collections) = (new List<Subject>(), new List<Subject>(), new List<Subject>());
        var openLesson = new Lesson { SchoolId = Owner, CreatedBy = Creator, Title = "公开的一课", CreatedAt = now };
        var openCourse = new Course { SchoolId = Owner, CreatedBy = Creator, Title = "公开的课程", CreatedAt = now };
        var openCollection = new Collection { SchoolId = Owner, CreatedBy = Creator, Title = "公开的专辑", CreatedAt = now };
        foreach (var of in resources)
        {
            var lesson = new Lesson { SchoolId = Owner, CreatedBy = Creator, Title = NewTitle(out var lessonWord), ChapterId = chapter.Id, CreatedAt = now };
            Part(lesson, LessonPartKind.Slides, beacon);
            Part(lesson, LessonPartKind.Plan, of.Resource.Id);
            lessons.Add(Add(lesson, of, lessonWord));
            var course = new Course { SchoolId = Owner, CreatedBy = Creator, Title = NewTitle(out var courseWord), CreatedAt = now };
            course.Units.Add(new CourseUnit { CourseId = course.Id, Position = 1, Title = course.Title });
            courses.Add(Add(course, of, courseWord));
            var collection = new Collection { SchoolId = Owner, CreatedBy = Creator, Title = NewTitle(out var collectionWord), CreatedAt = now };
            Item(collection, of.Resource.Id, null);
            collections.Add(Add(collection, of, collectionWord));
            Part(openLesson, LessonPartKind.Other, of.Resource.Id);
            openCourse.Lessons.Add(new CourseLesson { CourseId = openCourse.Id, LessonId = lesson.Id, Position = openCourse.Lessons.Count + 1 });
            Item(openCollection, of.Resource.Id, null);
            Item(openCollection, null, lesson.Id);
        }
        foreach (var pack in (Pack[])[openLesson, openCourse, openCollection])
        {
            pack.Publish(Visibility.Public, now);
            Keep(pack);
        }
        await db.SaveChangesAsync();
        await db.Resources.ExecuteUpdateAsync(set => set.SetProperty(r => r.ChapterId, chapter.Id));
        return new PackSubjects(lessons, courses, collections, GlobalId.Of<Lesson>(openLesson.Id), GlobalId.Of<Course>(openCourse.Id), GlobalId.Of<Collection>(openCollection.Id), GlobalId.Of<CatalogueNode>(chapter.Id));
    }

    private static string NewTitle(out string word) => (Target.Absent() with { Word = word = Target.NewWord() }).Title;

    private static void Part(Lesson lesson, LessonPartKind kind, Guid resource)
        => lesson.Parts.Add(new LessonPart { LessonId = lesson.Id, Position = lesson.Parts.Count + 1, Kind = kind, ResourceId = resource });

    private static void Item(Collection collection, Guid? resource, Guid? lesson)
        => collection.Items.Add(new CollectionItem { CollectionId = collection.Id, Position = collection.Items.Count + 1, ResourceId = resource, LessonId = lesson });

    private Subject Add<T>(T pack, Subject of, string word) where T : Pack
    {
        Keep(pack.OpenAs(of.Resource, now));
        return new Subject($"{typeof(T).Name}, {of.Name}", Target.Absent() with { Id = GlobalId.Of<T>(pack.Id), Word = word }, of.Resource, of.Before);
    }

    private void Keep(Pack pack)
    {
        db.Add(pack);
        db.Add(new PackVersion { PackId = pack.Id, Number = 1, At = now, By = pack.CreatedBy, What = "created", Content = PackContent.Of(pack).ToJson() });
    }
}
