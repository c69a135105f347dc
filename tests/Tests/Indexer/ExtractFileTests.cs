using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Folder;
using ResourceHub.Indexer;
using ResourceHub.Indexer.Jobs;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Tests.Indexer;

public sealed class ExtractFileTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private readonly HubSettings settings = new() { Readers = 1, DrainSeconds = 0.1 };
    private TempRecord record = null!;
    private FolderBlobStore blobs = null!;
    private ReadingRoom room = null!;
    private ExtractFile handler = null!;

    public async Task InitializeAsync()
    {
        record = await TempRecord.StartAsync(clock);
        blobs = new FolderBlobStore(Path.Join(record.Folder, "blobs"), 0, clock);
        room = new ReadingRoom(settings, TimeProvider.System);
        handler = new ExtractFile(record, blobs, room, record.Get<JobQueue>(), record.Get<ChangeSignal>(), settings, clock);
    }

    public async Task DisposeAsync()
    {
        room.Dispose();
        await record.DisposeAsync();
    }

    [Fact]
    public async Task What_a_file_holds_is_kept_and_the_index_is_told()
    {
        var file = await AttachAsync("第一课.bin", "分数的通分\n先找分母的最小公倍数。");
        await using (var before = record.CreateDbContext()) Assert.Null((await before.Files.Include(f => f.Extraction).SingleAsync()).Extraction);
        Assert.IsType<JobOutcome.Done>(await RunAsync());

        await using var db = record.CreateDbContext();
        var kept = await db.Files.Include(f => f.Extraction).SingleAsync();
        Assert.Equal(ExtractionState.Done, kept.Extraction!.State);
        Assert.Equal("text/plain", kept.MediaType);
        Assert.Contains("最小公倍数", (await db.Sections.SingleAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(kept.Extraction.TextLength, await db.Sections.SumAsync(s => s.Text.Length));
        Assert.Equal(2, (await db.Resources.SingleAsync()).Revision);
        var left = await db.Jobs.SingleAsync();
        Assert.Equal((JobKinds.Index, file.ResourceId), (left.Kind, left.Subject));
    }

    [Fact]
    public async Task Read_again_the_new_text_takes_the_place_of_the_old()
    {
        var file = await AttachAsync("第一课.txt", "分数的通分");
        await record.SaveAsync(
            new FileExtraction { FileId = file.Id, State = ExtractionState.Failed, Reason = "crash", UpdatedAt = clock.UtcNow },
            FileSection.Of(file.Id, 0, new Section("text", "旧的一段", Location.None)), FileSection.Of(file.Id, 1, new Section("text", "旧的二段", Location.None)));
        await RunAsync();
        await using var db = record.CreateDbContext();
        Assert.Equal("分数的通分", (await db.Sections.SingleAsync()).Text);
        Assert.Null((await db.Extractions.SingleAsync()).Reason);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_keeps_nothing_and_does_not_show_a_finished_file_as_being_read()
    {
        await AttachAsync("第一课.txt", "分数的通分");
        var jobs = await record.Get<JobQueue>().ClaimAsync(JobKinds.Extract, 1, default);
        clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        var taken = await new JobQueue(record, new JobSignal(), clock).ClaimAsync(JobKinds.Extract, 1, default);
        Assert.IsType<JobOutcome.Lost>(await handler.RunAsync(jobs, default));
        await using (var db = record.CreateDbContext())
        {
            Assert.Empty(await db.Sections.ToListAsync());
            Assert.Empty(await db.Extractions.ToListAsync());
            Assert.Equal(JobKinds.Extract, (await db.Jobs.SingleAsync()).Kind);
        }
        Assert.IsType<JobOutcome.Done>(await handler.RunAsync(taken, default));
        Assert.IsType<JobOutcome.Lost>(await handler.RunAsync(jobs, default));
        await using var after = record.CreateDbContext();
        Assert.Equal(ExtractionState.Done, (await after.Extractions.SingleAsync()).State);
    }

    [Fact]
    public async Task A_file_whose_bytes_are_gone_ends_FAILED_with_a_reason_and_can_be_tried_again_when_they_are_back()
    {
        var file = await AttachAsync("第一课.txt", "分数的通分");
        var blob = Directory.GetFiles(Path.Join(record.Folder, "blobs"), file.Sha256, SearchOption.AllDirectories).Single();
        File.Move(blob, Path.Join(record.Folder, "away"));
        using var runner = new JobRunner(record.Get<JobQueue>(), record.Get<JobSignal>(), [handler], settings, clock, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(default);
        for (var attempt = 1; attempt < 3; attempt++)
        {
            await UntilAsync(j => j?.State == JobState.Waiting && j.Attempts == attempt);
            clock.Advance(TimeSpan.FromMinutes(1));
            record.Get<JobSignal>().Raise();
        }
        var failed = await UntilAsync(j => j?.State == JobState.Failed);
        Assert.StartsWith("missing: ", failed.Reason, StringComparison.Ordinal);
        await using (var db = record.CreateDbContext())
        {
            var kept = await db.Extractions.SingleAsync();
            Assert.Equal((ExtractionState.Failed, "missing"), (kept.State, kept.Reason));
            Assert.NotEmpty(kept.Message!);
            Assert.True(await db.Jobs.AnyAsync(j => j.Kind == JobKinds.Index));
        }
        File.Move(Path.Join(record.Folder, "away"), blob);
        Assert.True(await record.Get<JobQueue>().RetryAsync(failed.Id, default));
        await UntilAsync(j => j is null);
        await runner.StopAsync(default);
        await using var after = record.CreateDbContext();
        Assert.Equal(ExtractionState.Done, (await after.Extractions.SingleAsync()).State);
    }

    [Fact]
    public async Task A_file_that_is_gone_from_the_record_is_no_failure()
    {
        await using (var db = record.CreateDbContext()) await JobQueue.PromiseAsync(db, JobKinds.Extract, Guid.CreateVersion7(), JobPriority.Interactive, clock.UtcNow, default);
        Assert.IsType<JobOutcome.Done>(await RunAsync());
        await using var after = record.CreateDbContext();
        Assert.Empty(await after.Jobs.ToListAsync());
    }

    private async Task<JobOutcome> RunAsync() => await handler.RunAsync(await record.Get<JobQueue>().ClaimAsync(JobKinds.Extract, 1, default), default);

    private async Task<ResourceFile> AttachAsync(string name, string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var blob = await blobs.PutAsync(bytes, new BlobInfo(name, clock.UtcNow), default);
        var school = new School { Name = "新村小学", CreatedAt = clock.UtcNow };
        var resource = new Resource { SchoolId = school.Id, Title = "通分", Kind = "slides", CreatedAt = clock.UtcNow };
        var file = new ResourceFile { ResourceId = resource.Id, Name = name, MediaType = "application/octet-stream", Size = bytes.Length, Sha256 = blob.Hex, AddedIn = 1, AddedAt = clock.UtcNow };
        await record.SaveAsync(school, resource, file);
        await using var db = record.CreateDbContext();
        await JobQueue.PromiseAsync(db, JobKinds.Extract, file.Id, JobPriority.Interactive, clock.UtcNow, default);
        return file;
    }

    private async Task<Job> UntilAsync(Func<Job?, bool> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await using var db = record.CreateDbContext();
            var job = await db.Jobs.AsNoTracking().FirstOrDefaultAsync(j => j.Kind == JobKinds.Extract, limit.Token);
            if (done(job)) return job!;
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
