using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Duplicates;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Keys;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core;

/// <summary>The record: everything the hub knows except bytes (blobs) and what can be made anew (the index). Each engine derives its own for its migrations.</summary>
public abstract class HubDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<School> Schools => Set<School>();
    public DbSet<Partnership> Partnerships => Set<Partnership>();
    public DbSet<PartnershipMember> PartnershipMembers => Set<PartnershipMember>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<LocalAccount> LocalAccounts => Set<LocalAccount>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<Resource> Resources => Set<Resource>();
    public DbSet<ResourceShare> ResourceShares => Set<ResourceShare>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<ResourceVersion> ResourceVersions => Set<ResourceVersion>();
    public DbSet<ResourceFile> Files => Set<ResourceFile>();
    public DbSet<FileExtraction> Extractions => Set<FileExtraction>();
    public DbSet<FileSection> Sections => Set<FileSection>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<MutationReceipt> Receipts => Set<MutationReceipt>();
    public DbSet<Change> Changes => Set<Change>();
    public DbSet<ChangeReader> ChangeReaders => Set<ChangeReader>();
    public DbSet<Narrowing> Narrowings => Set<Narrowing>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<Pack> Packs => Set<Pack>();
    public DbSet<PackVersion> PackVersions => Set<PackVersion>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<LessonPart> LessonParts => Set<LessonPart>();
    public DbSet<LessonSequence> LessonSequences => Set<LessonSequence>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<CourseLesson> CourseLessons => Set<CourseLesson>();
    public DbSet<Collection> Collections => Set<Collection>();
    public DbSet<CollectionItem> CollectionItems => Set<CollectionItem>();
    public DbSet<CatalogueNode> CatalogueNodes => Set<CatalogueNode>();
    public DbSet<CatalogueTopic> CatalogueTopics => Set<CatalogueTopic>();
    public DbSet<ChangeDecision> ChangeDecisions => Set<ChangeDecision>();
    public DbSet<KeptComparison> KeptComparisons => Set<KeptComparison>();
    public DbSet<FileSketch> FileSketches => Set<FileSketch>();
    public DbSet<SketchBand> SketchBands => Set<SketchBand>();
    public DbSet<SharedKey> SharedKeys => Set<SharedKey>();

    /// <summary>
    /// Begins a transaction that writes in the record's one order: no other of its kind runs until it ends, so that what it finds stays true, lines of the
    /// audit log follow each other, and changes are numbered as they are committed. SQLite lets one writer in at a time anyway.
    /// </summary>
    public virtual Task<IDbContextTransaction> BeginWriteAsync(CancellationToken ct) => Database.BeginTransactionAsync(ct);

    /// <summary>Whether the first few for each of many rows are looked up one by one (LATERAL); a plain join is a window over all there is otherwise.</summary>
    public virtual bool LooksUpEach => false;

    /// <summary>The end of a SELECT that takes rows no other worker is taking at this moment.</summary>
    public virtual string PassOverHeld => "";

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcDateTime>();
        conventions.Properties<List<Contributor>>().HaveConversion<AsJson<List<Contributor>>, SameJson<List<Contributor>>>();
        conventions.Properties<Received>().HaveConversion<AsJson<Received>, SameJson<Received>>();
        conventions.Properties<List<Chapter>>().HaveConversion<AsJson<List<Chapter>>, SameJson<List<Chapter>>>();
        conventions.Properties<List<Suggestion>>().HaveConversion<AsJson<List<Suggestion>>, SameJson<List<Suggestion>>>();
        conventions.Properties<Dictionary<string, string>>().HaveConversion<AsJson<Dictionary<string, string>>, SameJson<Dictionary<string, string>>>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<School>().HasIndex(s => s.Name).IsUnique();
        model.Entity<Partnership>().HasMany(p => p.Members).WithOne(m => m.Partnership).HasForeignKey(m => m.PartnershipId);
        model.Entity<PartnershipMember>(m =>
        {
            m.HasKey(x => new { x.PartnershipId, x.SchoolId });
            m.HasIndex(x => x.SchoolId);
            m.HasOne<School>().WithMany().HasForeignKey(x => x.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Partnership>().OwnsOne(p => p.AgreementFile);
        model.Entity<Person>(p =>
        {
            p.HasOne<School>().WithMany().HasForeignKey(x => x.SchoolId).OnDelete(DeleteBehavior.Restrict);
            p.HasMany(x => x.Places).WithOne().HasForeignKey(x => x.PersonId);
            p.HasIndex(x => x.ExternalId).IsUnique();
        });
        // Its id is made here: without this a place added to a person that is there already is taken for one to change.
        model.Entity<PersonPlace>().Property(p => p.Id).ValueGeneratedNever();
        model.Entity<LocalAccount>(a =>
        {
            a.HasKey(x => x.PersonId);
            a.HasOne<Person>().WithOne().HasForeignKey<LocalAccount>(x => x.PersonId);
            a.HasIndex(x => x.NormalizedUserName).IsUnique();
        });
        model.Entity<Invitation>(i =>
        {
            i.HasIndex(x => x.SecretHash).IsUnique();
            i.HasIndex(x => x.SchoolId);
            i.HasOne<School>().WithMany().HasForeignKey(x => x.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ApiKey>().HasIndex(k => k.SecretHash).IsUnique();
        model.Entity<ApiKey>().HasOne<School>().WithMany().HasForeignKey(k => k.SchoolId).OnDelete(DeleteBehavior.Restrict);
        model.Entity<Resource>(r =>
        {
            // A school that owns something cannot be deleted by accident.
            r.HasOne(x => x.School).WithMany().HasForeignKey(x => x.SchoolId).OnDelete(DeleteBehavior.Restrict);
            r.HasMany(x => x.Shares).WithOne().HasForeignKey(s => s.ResourceId);
            r.HasMany(x => x.Files).WithOne(f => f.Resource).HasForeignKey(f => f.ResourceId);
            // Made of Files; taken for a relation of its own it would break every change of a file.
            r.Ignore(x => x.CurrentFiles);
            r.Property(x => x.Revision).IsConcurrencyToken();
            r.HasIndex(x => new { x.SchoolId, x.State });
            r.HasIndex(x => x.CreatedBy);
            // The sweep that closes what a consent no longer covers looks here each few seconds.
            r.HasIndex(x => x.OpenUntil);
            // No foreign key: a resource's row stays for ever, and to add one SQLite makes the whole table anew, outside a transaction.
            r.HasIndex(x => x.BasedOnId);
            r.HasIndex(x => new { x.ChapterId, x.State });
            // "Related" looks here: the same chapter or stage, published, newest first, read in index order and cut off after a few.
            r.HasIndex(x => new { x.Subject, x.Stage, x.State, x.UpdatedAt });
            r.HasIndex(x => new { x.Subject, x.Chapter, x.State, x.UpdatedAt });
        });
        model.Entity<ResourceShare>(s =>
        {
            s.HasKey(x => new { x.ResourceId, x.PartnershipId });
            s.HasIndex(x => x.PartnershipId);
            s.HasOne<Partnership>().WithMany().HasForeignKey(x => x.PartnershipId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Review>(r =>
        {
            r.HasOne<Resource>().WithMany().HasForeignKey(x => x.ResourceId);
            r.HasIndex(x => x.ResourceId);
            // A school's queue: the open ones, oldest first.
            r.HasIndex(x => new { x.SchoolId, x.DecidedAt, x.Id });
        });
        model.Entity<Consent>(c =>
        {
            c.HasOne<Resource>().WithMany().HasForeignKey(x => x.ResourceId);
            c.HasIndex(x => x.ResourceId);
        });
        model.Entity<ResourceVersion>().HasKey(v => new { v.ResourceId, v.Number });
        model.Entity<ResourceVersion>().HasOne<Resource>().WithMany().HasForeignKey(v => v.ResourceId);
        model.Entity<ResourceFile>(f =>
        {
            f.HasIndex(x => x.Sha256);
            f.HasOne(x => x.Extraction).WithOne().HasForeignKey<FileExtraction>(e => e.FileId);
        });
        model.Entity<FileExtraction>().HasKey(e => e.FileId);
        model.Entity<FileSection>().HasKey(s => new { s.FileId, s.Ordinal });
        model.Entity<FileSection>().HasOne<ResourceFile>().WithMany().HasForeignKey(s => s.FileId);
        model.Entity<FileSection>().Ignore(s => s.Location);
        model.Entity<Upload>().HasIndex(u => u.ExpiresAt);
        model.Entity<Upload>().HasIndex(u => u.OwnerId);
        model.Entity<Job>(j =>
        {
            j.HasIndex(x => new { x.Kind, x.Subject }).IsUnique();
            // The order of claiming: the first rows of this index are the next jobs.
            j.HasIndex(x => new { x.Kind, x.State, x.Priority, x.RunAfter, x.Id });
        });
        model.Entity<MutationReceipt>().HasKey(r => new { r.CallerId, r.Key });
        model.Entity<Change>(c =>
        {
            c.HasKey(x => x.Seq);
            c.HasIndex(x => x.ResourceId);
            c.HasIndex(x => x.PackId);
            c.HasIndex(x => new { x.PartnershipId, x.Seq });
        });
        model.Entity<ChangeReader>(r =>
        {
            r.HasKey(x => new { x.ResourceId, x.Token });
            // What a holder of a token is told is gone, in the feed's order.
            r.HasIndex(x => new { x.Token, x.Seq, x.ResourceId });
        });
        model.Entity<Narrowing>().HasKey(n => n.ResourceId);
        model.Entity<AuditEvent>(a =>
        {
            a.HasKey(x => x.Seq);
            a.Property(x => x.Seq).ValueGeneratedNever();
            a.HasIndex(x => new { x.SchoolId, x.Seq });
            a.HasIndex(x => new { x.ActorSchoolId, x.Seq });
        });
        model.Entity<AuditHead>().Property(h => h.Id).ValueGeneratedNever();
        model.Entity<AuditHead>().Property(h => h.Seq).IsConcurrencyToken();
        PackModel.Configure(model);
        model.Entity<CatalogueNode>(n =>
        {
            n.HasIndex(x => x.Code).IsUnique();
            n.HasIndex(x => new { x.ParentId, x.Position });
            n.HasIndex(x => x.VolumeId);
            n.HasIndex(x => new { x.Edition, x.Subject, x.Grade });
        });
        model.Entity<CatalogueTopic>(t =>
        {
            t.HasKey(x => new { x.Topic, x.NodeId });
            t.HasOne<CatalogueNode>().WithMany().HasForeignKey(x => x.NodeId);
        });
        model.Entity<ChangeDecision>().HasKey(d => new { d.CopyId, d.Key });
        model.Entity<KeptComparison>().HasKey(c => c.Key);
        model.Entity<KeptComparison>().HasIndex(c => c.At);
        model.Entity<FileSketch>(s =>
        {
            s.HasKey(x => x.FileId);
            s.HasIndex(x => x.TextHash);
            s.HasOne<ResourceFile>().WithOne().HasForeignKey<FileSketch>(x => x.FileId);
        });
        model.Entity<SketchBand>(b =>
        {
            b.HasKey(x => new { x.Key, x.FileId });
            b.HasIndex(x => x.FileId);
        });
        model.Entity<SharedKey>().HasKey(k => k.Name);
    }

    private sealed class UtcDateTime() : ValueConverter<DateTime, DateTime>(v => v.ToUniversalTime(), v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

    private sealed class AsJson<T>() : ValueConverter<T, string>(
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Default), v => JsonSerializer.Deserialize<T>(v, JsonSerializerOptions.Default)!);

    private sealed class SameJson<T>() : ValueComparer<T>(
        (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Default) == JsonSerializer.Serialize(b, JsonSerializerOptions.Default),
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Default).GetHashCode(),
        v => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(v, JsonSerializerOptions.Default), JsonSerializerOptions.Default)!);
}
