using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Forms;

/// <summary>A form as its fields see it: what was typed before, and what was wrong with it.</summary>
public sealed record FormState(string Do, string? For, Posted Posted, IReadOnlyList<Problem> Problems)
{
    public bool WasSent => Posted.Form == Do && (For is null || Posted.For == For);

    public IReadOnlyList<Problem> Shown => WasSent ? Problems : [];

    public string IdOf(string field) => $"{Do}-{field}";

    /// <summary>What was typed, also when that is nothing; else what is there already.</summary>
    public string? Value(string field, string? already) => WasSent ? Posted[field] : already;

    public IReadOnlyList<string> Values(string field, IReadOnlyList<string> already) => WasSent ? Posted.All(field) : already;

    public Problem? ProblemOf(string field) => Shown.FirstOrDefault(p => p.IsAbout(field));
}
