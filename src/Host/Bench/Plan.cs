namespace ResourceHub.Host.Bench;

/// <summary>What to measure and how long.</summary>
/// <param name="Data">Where to keep the made hubs for another run; null for a folder that is thrown away.</param>
internal sealed record Plan(IReadOnlyList<int> Documents, TimeSpan Time, bool WithFiles, long UploadBytes, int Seed, bool Scale = false, int Files = 400, string? Data = null)
{
    public const string HowTo = "bench [--documents 10000,100000] [--seconds 8] [--warm-up 15] [--hostile 10000] [--upload-mb 1024] [--no-files] [--seed N] [--data FOLDER]\n      --engines scale [--documents 100000] [--files 400]";

    /// <summary>A server warms up once in its life: until hot code has been compiled again, searches take twice as long.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many queries to send that nobody should ask.</summary>
    public int Hostile { get; private init; } = 10_000;

    /// <summary>Null when the arguments are not understood.</summary>
    public static Plan? Read(string[] args)
    {
        try
        {
            return Of(args);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            // A number that is none.
            return null;
        }
    }

    private static Plan? Of(string[] args)
    {
        var plan = new Plan([10_000, 100_000], TimeSpan.FromSeconds(8), true, 1L << 30, 20260901);
        for (var n = 0; n < args.Length; n++)
        {
            var value = n + 1 < args.Length ? args[n + 1] : "";
            switch (args[n])
            {
                case "--documents": plan = plan with { Documents = [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)] }; n++; break;
                case "--seconds": plan = plan with { Time = TimeSpan.FromSeconds(double.Parse(value)) }; n++; break;
                case "--warm-up": plan = plan with { WarmUp = TimeSpan.FromSeconds(double.Parse(value)) }; n++; break;
                case "--hostile": plan = plan with { Hostile = int.Parse(value) }; n++; break;
                case "--upload-mb": plan = plan with { UploadBytes = long.Parse(value) << 20 }; n++; break;
                case "--data": plan = plan with { Data = Path.GetFullPath(value) }; n++; break;
                case "--no-files": plan = plan with { WithFiles = false }; break;
                case "--engines" when value == "scale": plan = plan with { Scale = true, Documents = [100_000] }; n++; break;
                case "--files": plan = plan with { Files = int.Parse(value) }; n++; break;
                case "--seed": plan = plan with { Seed = int.Parse(value) }; n++; break;
                default: return null;
            }
        }
        return plan;
    }
}
