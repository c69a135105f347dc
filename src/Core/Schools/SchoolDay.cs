namespace ResourceHub.Core.Schools;

/// <summary>Agreements begin and end on days, and a school's day is China's: UTC+8 all year since 1991, so no time-zone data is needed.</summary>
public static class SchoolDay
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static DateOnly Today(this TimeProvider clock) => Of(clock.GetUtcNow().UtcDateTime);

    /// <summary>The moment when a day is over.</summary>
    public static DateTime EndOf(DateOnly day) => day.AddDays(1).ToDateTime(default, DateTimeKind.Utc) - China;

    public static DateOnly Of(DateTime utc) => DateOnly.FromDateTime(utc + China);

    /// <summary>The day's first moment, in UTC.</summary>
    public static DateTime StartOf(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - China;
}
