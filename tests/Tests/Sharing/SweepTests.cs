using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Changes;

namespace ResourceHub.Tests.Sharing;

/// <summary>What ends by itself, by the clock.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_recording_of_pupils_closes_to_its_school_when_the_consent_ends_though_nobody_asks_for_it()
    {
        var clock = new ManualClock();
        await using var hub = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(clock));
        var id = await hub.ResourceAsync(await hub.SchoolAsync("甲校"), "课堂实录 通分", "recorded-class");
        await hub.QueryAsync("mutation($id: ID!) { markPupils(input: { resourceId: $id, showsPupils: true }) { errors { message } } }", new { id }, HubApp.AdminKey);
        await hub.QueryAsync("mutation($id: ID!) { recordConsent(input: { resourceId: $id, holder: \"教务处\", scope: PUBLIC, until: \"2026-03-02\" }) { errors { message } } }", new { id }, HubApp.AdminKey);
        await hub.PublishAsync(id);
        await hub.IdleAsync();
        const string look = "query($id: ID!) { resource(id: $id) { title } search(text: \"通分\") { totalCount facets(names: [KIND]) { values { code } } } suggest(text: \"课堂\") { text } changes { nodes { kind } } }";
        Assert.Equal("""{"resource":{"title":"课堂实录 通分"},"search":{"totalCount":1,"facets":[{"values":[{"code":"recorded-class"}]}]},"suggest":[{"text":"课堂实录 通分"}],"changes":{"nodes":[{"kind":"CHANGED"}]}}""",
            (await hub.QueryAsync(look, new { id })).GetRawText());
        // 8 o'clock UTC on the consent's last day, which ends at 16 o'clock UTC.
        var closed = hub.Services.GetRequiredService<ChangeSignal>().Next;
        clock.Advance(TimeSpan.FromHours(8) + TimeSpan.FromSeconds(10));
        await closed.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("""{"resource":null,"search":{"totalCount":0,"facets":[{"values":[]}]},"suggest":[],"changes":{"nodes":[{"kind":"WITHDRAWN"}]}}""", (await hub.QueryAsync(look, new { id })).GetRawText());
        var line = (await hub.QueryAsync("{ auditEvents(filter: { action: [\"consent-expired\"] }) { nodes { actor objectId } } }", key: HubApp.AdminKey)).GetProperty("auditEvents").GetProperty("nodes")[0];
        Assert.Equal(("ResourceHub", id), (line.GetProperty("actor").GetString(), line.GetProperty("objectId").GetString()));
    }
}
