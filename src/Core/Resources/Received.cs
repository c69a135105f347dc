namespace ResourceHub.Core.Resources;

/// <summary>
/// How far a source was open to a school when the school adapted it: the copy is passed on no further, also when the source is withdrawn or the agreement has
/// ended since. Kept with the copy, because what the source is then says nothing of what it was.
/// </summary>
/// <param name="Visibility">PARTNERS, MEMBERS or PUBLIC.</param>
/// <param name="Through">For PARTNERS: the school's partnerships that opened it.</param>
/// <param name="Licence">The source's licence, which bounds the copy's.</param>
public sealed record Received(Visibility Visibility, IReadOnlyList<Guid> Through, string? Licence)
{
    public void Check(Opening wanted, List<Problem> problems)
    {
        if (wanted.Visibility > Visibility)
            problems.Add(new Problem("SOURCE_LIMITS", $"改编自他校：来源当时只对{Words.Zh(Visibility)}开放，不能开放得更宽。Its source was open to {Words.En(Visibility)} only; a copy is not opened wider.", "visibility"));
        else if (wanted.Visibility == Visibility.Partners && Visibility == Visibility.Partners && wanted.Partnerships.Except(Through).Any())
            problems.Add(new Problem("SOURCE_LIMITS", "改编自他校：只能共享给当时得到它的结对。A copy may be shared only with the partnerships through which its source was received.", "partnershipIds"));
    }
}
