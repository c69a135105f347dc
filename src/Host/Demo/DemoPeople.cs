namespace ResourceHub.Host.Demo;

/// <summary>Makes the people of the demonstration as real ones come: by an invitation that they accept. A teacher and an admin for each school, one for the hub.</summary>
internal static class DemoPeople
{
    private static readonly (string Role, string Suffix, string Name)[] OfSchool = [("TEACHER", "teacher", "教师"), ("SCHOOL_ADMIN", "admin", "学校管理员")];

    /// <summary>Who there is to be, with or without a password yet.</summary>
    public static IEnumerable<(string? School, string Role, string UserName, string Name)> Of(Circle circle)
        => [.. circle.Schools.SelectMany(s => OfSchool.Select(r => ((string?)s.Name, r.Role, $"{s.Slug}-{r.Suffix}", r.Name))), (null, "HUB_ADMIN", "hub-admin", "平台管理员")];

    public static bool AreAllIn(DemoAccounts accounts, Circle circle) => Of(circle).All(p => accounts.All.Any(a => a.School == p.School && a.Role == p.Role));

    /// <param name="lanes">How many at a time: making a password's hash is slow on purpose.</param>
    public static Task SeedAsync(DemoDoor door, Circle circle, IReadOnlyDictionary<string, string> schools, DemoAccounts accounts, int lanes, CancellationToken ct)
        => Parallel.ForEachAsync(
            Of(circle).Where(p => !accounts.All.Any(a => a.School == p.School && a.Role == p.Role)), new ParallelOptions { MaxDegreeOfParallelism = lanes, CancellationToken = ct },
            async (person, stop) =>
            {
                var password = DemoAccounts.NewPassword();
                // A secret is shown once and a name is taken for good. Where an earlier start was cut before it was kept, the next number makes another.
                for (var number = 1; ; number++)
                {
                    var userName = number == 1 ? person.UserName : $"{person.UserName}-{number}";
                    var invited = await door.ChangeAsync("inviteMember", "secret", new()
                    {
                        ["schoolId"] = person.School is null ? null : schools[person.School],
                        ["displayName"] = person.Name,
                        ["role"] = person.Role,
                    }, $"demo:invite:{person.UserName}:{number}", stop);
                    if (invited.GetProperty("secret").GetString() is not { } secret) continue;
                    await door.ChangeAsync("acceptInvitation", "person { id }", new() { ["secret"] = secret, ["userName"] = userName, ["password"] = password }, null, stop);
                    await accounts.AddAsync(new DemoAccount(person.School, person.Role, userName, password), stop);
                    return;
                }
            });
}
