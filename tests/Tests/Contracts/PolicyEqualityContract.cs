using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Lucene;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Contracts;

/// <summary>The one rule on who sees a resource says the same in each form, whatever the database. An engine inherits it; the worlds are those of <c>doctor --deep</c>.</summary>
public abstract class PolicyEqualityContract(ITestOutputHelper output)
{
    /// <summary>How many are drawn, others in each run.</summary>
    protected virtual int Worlds => 2000;

    protected abstract Task<TempRecord> StartAsync(TimeProvider clock);

    [Fact]
    public async Task SQL_memory_tokens_and_index_say_what_the_agreements_say_in_random_worlds()
    {
        var clock = new ManualClock();
        await using var record = await StartAsync(clock);
        using var index = new LuceneIndex(Path.Join(record.Folder, "index"), NullLogger<LuceneIndex>.Instance);
        await index.PrepareAsync(default);
        var findings = new Findings();
        var worlds = new PolicyWorlds(record.Get<IDbContextFactory<HubDb>>(), record.Get<Viewers>(), index, clock.UtcNow);
        await worlds.RunAsync(Random.Shared.Next(1_000_000_000), Worlds, findings, default);
        output.WriteLine(findings.Detail);
        Assert.True(findings.Ok, findings.Detail);
    }
}
