using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Lessons;

/// <summary>How lessons, courses and collections are kept: one table of packs, one of their shares, and what each holds.</summary>
internal static class PackModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Pack>(p =>
        {
            p.ToTable("Packs").HasDiscriminator<string>("Type").HasValue<Lesson>("lesson").HasValue<Course>("course").HasValue<Collection>("collection");
            p.HasOne(x => x.School).WithMany().HasForeignKey(x => x.SchoolId).OnDelete(DeleteBehavior.Restrict);
            p.HasMany(x => x.Shares).WithOne().HasForeignKey(s => s.PackId);
            p.Property(x => x.Revision).IsConcurrencyToken();
            p.HasIndex("Type", nameof(Pack.SchoolId), nameof(Pack.State));
            p.HasIndex(x => x.CreatedBy);
            p.HasIndex(x => x.BasedOnId);
        });
        // Columns that several kinds have are the same column.
        model.Entity<Lesson>().Property(l => l.Edition).HasColumnName("Edition");
        model.Entity<Lesson>().Property(l => l.Volume).HasColumnName("Volume");
        model.Entity<Course>().Property(c => c.Edition).HasColumnName("Edition");
        model.Entity<Course>().Property(c => c.Volume).HasColumnName("Volume");
        model.Entity<PackShare>(s =>
        {
            s.ToTable("PackShares");
            s.HasKey(x => new { x.PackId, x.PartnershipId });
            s.HasIndex(x => x.PartnershipId);
            s.HasOne<Partnership>().WithMany().HasForeignKey(x => x.PartnershipId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PackVersion>().HasKey(v => new { v.PackId, v.Number });
        model.Entity<PackVersion>().HasOne<Pack>().WithMany().HasForeignKey(v => v.PackId);
        Lessons(model);
        Courses(model);
        model.Entity<Collection>().HasMany(c => c.Items).WithOne().HasForeignKey(i => i.CollectionId);
        model.Entity<CollectionItem>(i =>
        {
            i.Property(x => x.Id).ValueGeneratedNever();
            i.HasIndex(x => new { x.CollectionId, x.Position });
            i.HasIndex(x => x.ResourceId);
            i.HasIndex(x => x.LessonId);
        });
    }

    private static void Lessons(ModelBuilder model)
    {
        model.Entity<Lesson>().HasMany(l => l.Parts).WithOne().HasForeignKey(p => p.LessonId);
        model.Entity<Lesson>().HasIndex(l => new { l.ChapterId, l.State });
        model.Entity<LessonPart>(p =>
        {
            // Its id is made here: without this a part added to a lesson that is there already is taken for one to change.
            p.Property(x => x.Id).ValueGeneratedNever();
            p.HasIndex(x => new { x.LessonId, x.Position });
            p.HasOne(x => x.Resource).WithMany().HasForeignKey(x => x.ResourceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LessonSequence>(s =>
        {
            s.HasKey(x => new { x.EarlierId, x.LaterId });
            s.HasIndex(x => x.LaterId);
            s.HasOne<Lesson>().WithMany().HasForeignKey(x => x.EarlierId);
            s.HasOne<Lesson>().WithMany().HasForeignKey(x => x.LaterId);
        });
    }

    private static void Courses(ModelBuilder model)
    {
        model.Entity<Course>().HasMany(c => c.Followers).WithOne().HasForeignKey(f => f.CourseId);
        model.Entity<Course>().HasMany(c => c.Units).WithOne().HasForeignKey(u => u.CourseId);
        model.Entity<Course>().HasMany(c => c.Lessons).WithOne().HasForeignKey(l => l.CourseId);
        model.Entity<CourseFollower>(f =>
        {
            f.ToTable("CourseFollowers");
            f.HasKey(x => new { x.CourseId, x.SchoolId });
            f.HasIndex(x => x.SchoolId);
            f.HasOne<School>().WithMany().HasForeignKey(x => x.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CourseUnit>().ToTable("CourseUnits").Property(u => u.Id).ValueGeneratedNever();
        model.Entity<CourseLesson>(l =>
        {
            l.HasKey(x => x.LessonId);
            l.HasOne<Lesson>().WithOne().HasForeignKey<CourseLesson>(x => x.LessonId);
            l.HasIndex(x => new { x.CourseId, x.Position });
        });
    }
}
