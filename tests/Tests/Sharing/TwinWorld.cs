using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Sharing;

/// <summary>
/// The same circle twice, with and without fifty resources that an outsider may not see. They stand between the others in every order, are filed under the
/// same terms and under some of their own, use the common words and words that nothing else has, and are downloaded most.
/// </summary>
public sealed class TwinWorld(HubApp hub, bool hasSecrets)
{
    public const int Visible = 36, Hidden = 50;
    public static readonly string[] Words = ["圆的面积", "分数的通分", "光合作用", "勾股定理", "静夜思", "浮力", "photosynthesis", "fractions"];
    public static readonly string[] SecretWords = ["绝密卷", "镜湖岛", "zqsecretum", "雪松里", "未央图"];

    /// <summary>Pinyin and wrong characters: first of what everybody may see, then of the secrets.</summary>
    public static readonly string[] Misspelt =
    [
        "yuandemianji", "ydmj", "圆de面积", "园的面积", "光和作用", "勾股定里", "静思夜", "grade 3 photosynthesis", "三年级数学 园的面积 课件",
        "juemijuan", "jmj", "绝mi卷", "绝蜜卷", "密绝卷", "jinghudao", "竟湖岛", "镜糊岛", "xuesongli", "血松里", "weiyangtu", "wyt", "三年级 竟湖岛",
    ];

    internal static readonly DateTime Moment = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Kinds = ["slides", "lesson-plan", "exercises"];
    private static readonly string[] Subjects = ["mathematics", "chinese", "biology"];
    internal static readonly Guid Owner = Id(1), Partner = Id(2), Outside = Id(3), Pair = Id(10), Creator = Id(20);

    public HubApp Hub => hub;

    /// <summary>A teacher's key of a school that has no part in it.</summary>
    public string Outsider { get; private set; } = null!;

    public string Insider { get; private set; } = null!;

    public static Guid Id(int number) => new($"01990000-0000-7000-8000-{number:x12}");

    public static string Global<T>(int number) => GlobalId.Of<T>(Id(number));

    public async Task FillAsync()
    {
        var databases = hub.Services.GetRequiredService<IDbContextFactory<HubDb>>();
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.AddRange(new School { Id = Owner, Name = "主校", CreatedAt = Moment }, new School { Id = Partner, Name = "伙伴校", CreatedAt = Moment }, new School { Id = Outside, Name = "他校", CreatedAt = Moment });
        db.Add(new Partnership { Id = Pair, Name = "结对", From = new DateOnly(2020, 9, 1), AcceptedAt = Moment, CreatedAt = Moment, Members = [new() { SchoolId = Owner }, new() { SchoolId = Partner }] });
        (Outsider, Insider) = (AddKey(db, 30, Outside), AddKey(db, 31, Partner));
        await db.SaveChangesAsync();
        for (var n = 0; n < Visible + Hidden; n++)
        {
            // The hidden ones lie between the others; they have the same numbers in both worlds.
            if (!IsHidden(n) || hasSecrets) await AddAsync(db, 100 + n, IsHidden(n));
        }
        await new TwinLessons(db, hasSecrets).AddAsync();
        await transaction.CommitAsync();
        hub.Services.GetRequiredService<JobQueue>().Wake();
        await hub.IdleAsync();
    }

    internal static bool IsHidden(int n) => n % 12 is not (0 or 2 or 5 or 7 or 10);

    private static string AddKey(HubDb db, int number, Guid school)
    {
        var secret = ApiKey.NewSecret();
        db.Add(new ApiKey { Id = Id(number), Name = "门户", Role = Role.Teacher, SchoolId = school, Scopes = ["read", "write"], SecretHash = ApiKey.Hash(secret), CreatedAt = Moment, LastUsedAt = DateTime.MaxValue });
        return secret;
    }

    private static async Task AddAsync(HubDb db, int number, bool isHidden)
    {
        var at = Moment.AddMinutes(number);
        var word = Words[number % Words.Length];
        var secret = SecretWords[number % SecretWords.Length];
        var resource = new Resource
        {
            Id = Id(number),
            SchoolId = Owner,
            CreatedBy = Creator,
            Title = isHidden ? $"{word} {secret} {number}" : $"{word} 教案 {number}",
            Description = isHidden ? $"{secret}：{word}" : word,
            Kind = isHidden && number % 5 == 0 ? "exam" : Kinds[number % Kinds.Length],
            Stage = "primary",
            Grades = [$"g{number % 6 + 1}"],
            Subject = Subjects[number % Subjects.Length],
            Chapter = isHidden && number % 4 == 0 ? secret : "第一单元",
            Licence = isHidden && number % 3 == 0 ? "publisher" : "cc-by",
            Keywords = isHidden ? [secret] : ["通用"],
            Downloads = isHidden ? 900 + number : number,
            CreatedAt = at,
        };
        resource.Touch(at);
        if (isHidden) Hide(resource, number, at);
        else resource.Publish(number % 2 == 0 ? Visibility.Public : Visibility.Members, at);
        db.Add(resource);
        db.Add(ResourceVersion.Of(resource, Creator, "created", at));
        var file = new ResourceFile { Id = Id(number + 1000), ResourceId = Id(number), Name = "课件.pptx", MediaType = FileNames.MediaTypeOf("课件.pptx"), Size = 4096, Sha256 = new string('a', 64), AddedIn = 1, AddedAt = at };
        db.Add(file);
        var text = isHidden ? $"{secret} {word} 只给自己人" : $"{word} 先想一想";
        db.Add(new FileExtraction { FileId = file.Id, State = ExtractionState.Done, SectionCount = 1, TextLength = text.Length, UpdatedAt = at });
        db.Add(new FileSection { FileId = file.Id, Ordinal = 0, Kind = "slide", Slide = 1, Text = text });
        await ResourceTrail.NoteAsync(db, resource, [], ChangeKind.Created, at, default);
        await db.SaveChangesAsync();
    }

    private static void Hide(Resource resource, int number, DateTime at)
    {
        switch (number % 6)
        {
            case 0:
                if (number % 4 == 0) resource.Delete(at);
                break;
            case 1: resource.Submit(at); break;
            case 2: resource.Publish(Visibility.School, at); break;
            case 3: resource.Publish(Visibility.Private, at); break;
            case 4: resource.Publish(Visibility.School, at); resource.Withdraw(at); break;
            default:
                resource.ShareWith([Pair], at);
                resource.Publish(Visibility.Partners, at);
                break;
        }
    }
}

/// <summary>Both of them.</summary>
public sealed class TwinWorlds : IAsyncLifetime
{
    public TwinWorld With { get; private set; } = null!;
    public TwinWorld Without { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        With = await OpenAsync(hasSecrets: true);
        Without = await OpenAsync(hasSecrets: false);
    }

    public async Task DisposeAsync()
    {
        await With.Hub.DisposeAsync();
        await Without.Hub.DisposeAsync();
    }

    private static async Task<TwinWorld> OpenAsync(bool hasSecrets)
    {
        var world = new TwinWorld(await HubApp.StartAsync(new() { ["Roles"] = "Api,Indexer" }), hasSecrets);
        await world.FillAsync();
        return world;
    }
}
