using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;

namespace ResourceHub.Host.Commands;

/// <summary><c>run</c>: starts the hub and stays until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = HubHost.Build(args);
        if (!await TryStartAsync(app)) return 1;
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>False, with a sentence on what to do, when it cannot start.</summary>
    public static async Task<bool> TryStartAsync(WebApplication app)
    {
        try
        {
            await HubHost.StartAsync(app);
            return true;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"The address is taken by another program: {taken.Message} Stop it, or choose another with ASPNETCORE_URLS=http://localhost:5081.");
            return false;
        }
        catch (StoreAwayException away)
        {
            await Console.Error.WriteLineAsync($"{away.Message} Start it, or set Hub:Blobs and what belongs to it to a store that answers.");
            return false;
        }
        catch (Exception away) when (away is DbException || away.InnerException is DbException)
        {
            var settings = app.Services.GetRequiredService<HubSettings>();
            await Console.Error.WriteLineAsync($"The database (Hub:Database={settings.Database}) cannot be used: {(away as DbException ?? away.InnerException!).Message} Start or mend it, then start the hub again.");
            return false;
        }
    }
}
