using System.Data.Common;
using ResourceHub.Host.Moving;

namespace ResourceHub.Host.Commands;

/// <summary><c>migrate --from … --to …</c>: moves a whole hub to other engines.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (source, target) = MoveSettings.Read(args, HubHost.Configuration([]));
        await using var from = MoveSide.Of(source);
        await using var to = MoveSide.Of(target);
        try
        {
            return await new Move(from, to, Console.Out).RunAsync(CancellationToken.None) ? 0 : 1;
        }
        catch (Exception broken) when (broken is IOException or DbException || broken.InnerException is DbException)
        {
            await Console.Error.WriteLineAsync($"The move was interrupted: {(broken.InnerException as DbException)?.Message ?? broken.Message} Mend that and run the same command again; it goes on where it stopped.");
            return 1;
        }
    }
}
