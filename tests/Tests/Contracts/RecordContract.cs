using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Contracts;

/// <summary>What every database that holds the record must do; each inherits these facts.</summary>
public abstract class RecordContract
{
    /// <summary>Records of their own on this engine.</summary>
    protected abstract ITrials<TrialRecord> Trials { get; }

    public static TheoryData<string> Checks => [.. RecordChecks.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_behaves_as_the_doctor_asks(string check)
    {
        var outcome = await DeepChecks.RunAsync(RecordChecks.All.Single(c => c.Name == check), new(null, null, Trials, IsThorough: false), default);
        Assert.True(outcome.Ok, outcome.Detail);
    }
}
