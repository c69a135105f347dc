using ResourceHub.Host.Bench;

namespace ResourceHub.Host.Commands;

/// <summary><c>bench</c>: measures this program as processes of their own beside a bare server on the same machine. Ratios within one run count; machines are noisy.</summary>
internal static class BenchCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var plan = Plan.Read(args);
        if (plan is null)
        {
            await Console.Error.WriteLineAsync(Plan.HowTo);
            return 2;
        }
        var figures = new Figures();
        var work = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            if (plan.Scale) await ScaleFigures.MeasureAsync(plan, figures, work);
            foreach (var count in plan.Scale ? [] : plan.Documents)
            {
                var data = Path.Join(plan.Data ?? work, $"data-{count}");
                await SearchFigures.MeasureAsync(plan, figures, work, data, count);
                if (plan.Data is null) Directory.Delete(data, recursive: true);
            }
            if (plan is { WithFiles: true, Scale: false }) await FileFigures.MeasureAsync(plan, figures, work);
            figures.Print();
            return figures.AllReached ? 0 : 1;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
