using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Sharing;

public sealed class ConsentTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    private async Task<string> RecordingAsync(string title, object? wanted = null)
    {
        var id = await world.DraftAsync(title, kind: "recorded-class");
        await world.ChangeAsync("markPupils", new { resourceId = id, showsPupils = true }, world.Author);
        await world.ApproveAsync(id, wanted);
        return id;
    }

    private Task<JsonElement> ConsentAsync(string id, string scope, string? until = null) => world.ChangeAsync("recordConsent", new { resourceId = id, holder = "德育处", scope, until }, world.Author);

    [Fact]
    public async Task A_recording_of_pupils_stays_at_the_school_until_a_consent_is_recorded_and_goes_no_further_than_it()
    {
        var id = await RecordingAsync("有学生的课堂");
        Assert.True(await world.IsSeenAsync(id, world.Colleague));
        var share = new { resourceId = id, partnershipIds = new[] { world.Agreement } };
        Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("shareResource", share, world.Author));
        foreach (var wide in (string[])["MEMBERS", "PUBLIC"]) Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("setVisibility", new { resourceId = id, visibility = wide }, world.Admin));
        Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("publishResource", new { resourceId = id, visibility = "PUBLIC" }, HubApp.AdminKey));
        await ConsentAsync(id, "PARTNERS", "2026-08-31");
        Assert.Equal("""{"consent":{"holder":"德育处","scope":"PARTNERS","until":"2026-08-31","recordedBy":"test","withdrawnAt":null},"openUntil":"2026-08-31T16:00:00Z"}""",
            (await world.SeeAsync(id, "consent { holder scope until recordedBy withdrawnAt } openUntil", world.Author)).GetRawText());
        await world.ChangeAsync("shareResource", share, world.Author);
        Assert.Contains("学生出镜的同意书有效至 2026-08-31", (await world.SeeAsync(id, "audience", world.Author)).GetProperty("audience").GetString());
        var told = await world.SeeAsync(id, "audience consent { holder } openUntil", world.TakerTeacher);
        Assert.DoesNotContain("同意书", told.GetRawText());
        Assert.Equal(["CONSENT_REQUIRED(visibility)"], await world.RefusedAsync("setVisibility", new { resourceId = id, visibility = "PUBLIC" }, world.Admin));
    }

    [Fact]
    public async Task Submitting_wider_than_the_school_needs_the_consent_too()
    {
        var id = await world.DraftAsync("送审前登记", kind: "observation");
        await world.ChangeAsync("markPupils", new { resourceId = id, showsPupils = true }, world.Author);
        var wanted = new { resourceId = id, visibility = "PARTNERS", partnershipIds = new[] { world.Agreement } };
        Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("submitForReview", wanted, world.Author));
        await ConsentAsync(id, "PARTNERS");
        await world.ChangeAsync("submitForReview", wanted, world.Author);
        await world.ChangeAsync("withdrawConsent", new { resourceId = id }, world.Author);
        Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("approveResource", new { resourceId = id }, world.Admin));
    }

    [Fact]
    public async Task Saying_that_pupils_can_be_seen_closes_what_is_open_at_once_and_only_an_admin_unsays_it()
    {
        var id = await world.ReviewedAsync("后来发现有学生", world.Partners);
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
        await world.ChangeAsync("markPupils", new { resourceId = id, showsPupils = true }, world.Author);
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.Equal("""{"visibility":"SCHOOL","sharedWith":[],"showsPupils":true}""", (await world.SeeAsync(id, "visibility sharedWith { name } showsPupils", world.Colleague)).GetRawText());
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("markPupils", new { resourceId = id, showsPupils = false }, world.Author));
        await world.ChangeAsync("markPupils", new { resourceId = id, showsPupils = false }, world.Admin);
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.Equal(["submitted", "approved", "pupils-marked", "pupils-marked"], await world.AuditAsync(id));
    }

    [Fact]
    public async Task Withdrawing_a_consent_closes_at_once_and_no_older_one_comes_back()
    {
        var id = await RecordingAsync("撤销同意");
        await ConsentAsync(id, "PUBLIC");
        await ConsentAsync(id, "PARTNERS");
        await world.ChangeAsync("shareResource", new { resourceId = id, partnershipIds = new[] { world.Agreement } }, world.Author);
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
        await world.ChangeAsync("withdrawConsent", new { resourceId = id }, world.Author);
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("shareResource", new { resourceId = id, partnershipIds = new[] { world.Agreement } }, world.Author));
        Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("withdrawConsent", new { resourceId = id }, world.Author));
        Assert.Equal(["pupils-marked", "submitted", "approved", "consent-recorded", "consent-recorded", "shared", "consent-withdrawn"], await world.AuditAsync(id));
    }

    [Fact]
    public async Task A_consent_that_covers_less_than_what_is_open_closes_it()
    {
        var id = await RecordingAsync("缩小范围");
        await ConsentAsync(id, "PUBLIC");
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "PUBLIC" }, world.Admin);
        Assert.True(await world.IsSeenAsync(id, null));
        await ConsentAsync(id, "PARTNERS");
        Assert.False(await world.IsSeenAsync(id, null));
        Assert.Equal("SCHOOL", (await world.SeeAsync(id, "visibility", world.Author)).GetProperty("visibility").GetString());
    }

    [Fact]
    public async Task A_statement_has_a_holder_a_scope_beyond_the_school_and_an_end_that_lies_ahead()
    {
        var id = await RecordingAsync("登记有误");
        Assert.Equal(["REQUIRED(holder)", "INVALID_SCOPE(scope)", "INVALID_PERIOD(until)"], await world.RefusedAsync("recordConsent", new { resourceId = id, holder = " ", scope = "SCHOOL", until = "2020-01-01" }, world.Author));
        Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("recordConsent", new { resourceId = id, holder = "德育处", scope = "PUBLIC" }, world.Outsider));
    }
}

/// <summary>The clock goes on here, so this hub is its own.</summary>
public sealed class ConsentExpiryTests : IAsyncLifetime
{
    private readonly SharingWorld world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task On_the_evening_of_its_last_day_in_China_a_consent_ends_and_what_it_opened_is_closed()
    {
        var id = await world.DraftAsync("到期的课堂", kind: "recorded-class");
        await world.ChangeAsync("markPupils", new { resourceId = id, showsPupils = true }, world.Author);
        await world.ChangeAsync("recordConsent", new { resourceId = id, holder = "德育处", scope = "PARTNERS", until = "2026-03-03" }, world.Author);
        await world.ApproveAsync(id, world.Partners);
        await world.Hub.IdleAsync();
        var consents = world.Hub.Services.GetRequiredService<ResourceConsents>();
        // 2026-03-02 08:00 UTC; the day ends in China at 16:00 UTC of the 3rd.
        world.Clock.Advance(TimeSpan.FromHours(31.9));
        Assert.Equal(0, await consents.CloseExpiredAsync(default));
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
        world.Clock.Advance(TimeSpan.FromHours(0.2));
        await Task.WhenAll(consents.CloseExpiredAsync(default), consents.CloseExpiredAsync(default));
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.Equal((0, []), await world.SearchAsync("到期的课堂", world.TakerTeacher));
        Assert.Equal("""{"visibility":"SCHOOL","openUntil":null}""", (await world.SeeAsync(id, "visibility openUntil", world.Author)).GetRawText());
        Assert.Equal(["pupils-marked", "consent-recorded", "submitted", "approved", "consent-expired"], await world.AuditAsync(id));
        Assert.Equal(["CONSENT_REQUIRED"], await world.RefusedAsync("shareResource", new { resourceId = id, partnershipIds = new[] { world.Agreement } }, world.Author));
    }
}
