namespace ResourceHub.Core.Schools;

public static class PartnershipPeriod
{
    extension(IQueryable<Partnership> partnerships)
    {
        /// <summary>The same rule as <see cref="Partnership.StateOn"/>, for SQL.</summary>
        public IQueryable<Partnership> InForceOn(DateOnly day)
            => partnerships.Where(p => p.AcceptedAt != null && p.From <= day && (p.Until == null || p.Until >= day) && (p.EndedOn == null || p.EndedOn > day));
    }
}
