using ResourceHub.Benchmarks;

// Measures the published program as a process of its own beside a bare server on the same machine. Ratios within one run count; machines are noisy.
if (args is ["bare", var folder]) return await Bare.RunAsync(folder);
var plan = Plan.Read(args);
if (plan is null) return 2;
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
