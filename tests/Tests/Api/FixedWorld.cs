using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Api;

/// <summary>Schools, a partnership and resources with fixed ids and times, written straight to the record, so that whole answers can be compared.</summary>
internal sealed class FixedWorld(HubApp hub)
{
    public static readonly DateTime Moment = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    public static Guid Id(int number) => new($"01990000-0000-7000-8000-{number:x12}");

    public static string Global(string type, int number) => ResourceHub.Api.GraphQL.GlobalId.Of(type, Id(number));

    public static readonly Guid Owner = Id(1), Partner = Id(2), Stranger = Id(3), Pair = Id(10), Creator = Id(20);

    public async Task FillAsync(int resources = 1)
    {
        await using var db = await DbAsync();
        db.AddRange(
            new School { Id = Owner, Name = "重庆市江北区新村实验小学", ShortName = "新村实验", District = "江北区", City = "重庆", Province = "重庆", Stages = ["primary"], Editions = { ["mathematics"] = "bnu" }, CreatedAt = Moment },
            new School { Id = Partner, Name = "成都市泡桐树小学", City = "成都", Province = "四川", Stages = ["primary"], CreatedAt = Moment },
            new School { Id = Stranger, Name = "德阳二中", City = "德阳", Province = "四川", Stages = ["junior"], CreatedAt = Moment });
        db.Add(new Partnership
        {
            Id = Pair,
            Kind = PartnershipKind.Pair,
            Name = "互动发展协议",
            AgreementTitle = "互动发展协议书",
            AgreementDate = new DateOnly(2020, 8, 1),
            From = new DateOnly(2020, 9, 1),
            AcceptedAt = Moment,
            CreatedAt = Moment,
            Members = { new PartnershipMember { SchoolId = Owner }, new PartnershipMember { SchoolId = Partner } },
        });
        for (var i = 0; i < resources; i++) Add(db, 100 + i, $"分数的通分 {i + 1}", Visibility.Public);
        await db.SaveChangesAsync();
    }

    /// <summary>A published resource of the owner school with a file of three slides, the second hidden; the file's number is 1000 more than the resource's.</summary>
    public static Resource Add(HubDb db, int number, string title, Visibility visibility, bool published = true)
    {
        var resource = new Resource
        {
            Id = Id(number),
            SchoolId = Owner,
            CreatedBy = Creator,
            Title = title,
            Description = "异分母分数化成同分母分数。",
            Kind = "slides",
            Stage = "primary",
            Grades = ["g5"],
            Subject = "mathematics",
            Edition = "bnu",
            Volume = "upper",
            Chapter = "第五单元",
            Licence = "cc-by",
            Keywords = ["通分"],
            Contributors = [new Contributor("数学组", "author")],
            CreatedAt = Moment,
        };
        if (visibility == Visibility.Partners) resource.Shares.Add(new ResourceShare { ResourceId = Id(number), PartnershipId = Pair, SharedAt = Moment });
        if (published) resource.Publish(visibility, Moment);
        else resource.Touch(Moment);
        db.Add(resource);
        db.Add(ResourceVersion.Of(resource, Creator, "created", Moment));
        var file = new ResourceFile { Id = Id(number + 1000), ResourceId = Id(number), Name = "通分.pptx", MediaType = FileNames.MediaTypeOf("通分.pptx"), Size = 4096, Sha256 = new string('a', 64), AddedIn = 1, AddedAt = Moment };
        db.Add(file);
        db.Add(new FileExtraction
        {
            FileId = file.Id,
            State = ExtractionState.Done,
            Title = "通分",
            SlideCount = 3,
            SectionCount = 3,
            PosterSha256 = new string('b', 64),
            UpdatedAt = Moment,
            Suggestions = [new Suggestion("grade", "g5", "五年级", "fileName", Location.None)],
        });
        for (var slide = 1; slide <= 3; slide++)
            db.Add(new FileSection { FileId = file.Id, Ordinal = slide - 1, Kind = "slide", Hidden = slide == 2, Slide = slide, Title = $"第{slide}张", Text = slide == 2 ? "备用：答案" : "先找公分母" });
        return resource;
    }

    public async Task<HubDb> DbAsync() => await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();

    /// <summary>The secret of a key with a fixed id, of a school's person.</summary>
    public async Task<string> KeyAsync(Guid school, Role role = Role.Teacher, Guid? id = null)
    {
        await using var db = await DbAsync();
        var secret = ApiKey.NewSecret();
        db.Add(new ApiKey { Id = id ?? Guid.CreateVersion7(), Name = "门户", Role = role, SchoolId = school, Scopes = ["read", "write"], SecretHash = ApiKey.Hash(secret), CreatedAt = Moment, LastUsedAt = DateTime.MaxValue });
        await db.SaveChangesAsync();
        return secret;
    }
}
