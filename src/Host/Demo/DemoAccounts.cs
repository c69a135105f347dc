using System.Security.Cryptography;

namespace ResourceHub.Host.Demo;

/// <summary>Somebody one can be in the demonstration.</summary>
/// <param name="School">Null for the hub's administrator.</param>
/// <param name="Role">TEACHER, SCHOOL_ADMIN or HUB_ADMIN.</param>
public sealed record DemoAccount(string? School, string Role, string UserName, string Password);

/// <summary>The demonstration's names and passwords, kept in <c>demo-accounts.json</c> of the data folder, which only its owner may read: a second start prints the same ones.</summary>
public sealed class DemoAccounts : IDisposable
{
    /// <summary>Letters and digits that are not taken for one another.</summary>
    private const string Signs = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly string path;
    private readonly SemaphoreSlim one = new(1);
    private List<DemoAccount> kept;

    private DemoAccounts(string path, List<DemoAccount> kept) => (this.path, this.kept) = (path, kept);

    public IReadOnlyList<DemoAccount> All => kept;

    public static async Task<DemoAccounts> OpenAsync(string dataFolder, CancellationToken ct)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Join(dataFolder, "demo-accounts.json");
        return new DemoAccounts(path, File.Exists(path) ? await OwnersFile.ReadAsync<List<DemoAccount>>(path, ct) : []);
    }

    public async Task AddAsync(DemoAccount account, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            kept = [.. kept.Append(account).OrderBy(a => a.UserName, StringComparer.Ordinal)];
            await OwnersFile.WriteAsync(path, kept, ct);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>Easy to type from a screen: four times four.</summary>
    public static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Signs, 4)));
}
