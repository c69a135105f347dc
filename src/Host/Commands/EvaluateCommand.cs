using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;
using ResourceHub.Host.Evaluation;

namespace ResourceHub.Host.Commands;

/// <summary><c>evaluate</c>: how good search is on a judged collection, by the search and the engine of this hub, in a hub that is thrown away afterwards.</summary>
public static class EvaluateCommand
{
    private const string HowTo = "evaluate --queries FILE --judgements FILE [--documents FILE] [--json]: files with a JSON object on each line; without documents the hub's own resources are searched.";

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var (queries, judgements, documents) = (Named(args, "--queries"), Named(args, "--judgements") ?? Named(args, "--judgments"), Named(args, "--documents"));
        if (queries is null || judgements is null || args.Contains("--documents") && documents is null)
        {
            await errors.WriteLineAsync(HowTo);
            return 2;
        }
        using var stop = new CancellationTokenSource();
        // What is temporary is removed before the program ends.
        ConsoleCancelEventHandler onStop = (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += onStop;
        try
        {
            var report = await EvaluateAsync(args, queries, judgements, documents, errors, stop.Token);
            report.Print(output, args.Contains("--json"));
            return 0;
        }
        catch (EvaluationException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 1;
        }
        finally
        {
            Console.CancelKeyPress -= onStop;
        }
    }

    private static async Task<EvaluationReport> EvaluateAsync(string[] args, string queryFile, string judgementFile, string? documentFile, TextWriter errors, CancellationToken ct)
    {
        if (Named(args, "--without") is { } without) Ablation.Without(without.Split(',').Select(Feature));
        var queries = await EvaluationFiles.QueriesAsync(queryFile, ct);
        var judgements = await EvaluationFiles.JudgementsAsync(judgementFile, ct);
        var configuration = HubHost.Configuration([.. args.Where(a => a.StartsWith("--Hub:", StringComparison.OrdinalIgnoreCase))]);
        var settings = HubHost.Read(configuration);
        if (documentFile is null)
        {
            await using var own = OwnRecord.Open(settings, configuration);
            var record = own.GetRequiredService<IDbContextFactory<HubDb>>();
            await using var copy = await TemporaryHub.OpenAsync(settings, configuration, record, ct);
            await copy.IndexAsync(ct);
            var everybody = new Viewer(Guid.CreateVersion7(), "evaluate", Role.HubAdmin, null, [ApiKeyScopes.Read], []);
            return await AskAsync(copy, everybody, queries, JudgedSet.Of(judgements, queries, await OwnRecord.ResourcesAsync(record, ct)), errors, ct);
        }
        await using var hub = await TemporaryHub.OpenAsync(settings, configuration, null, ct);
        var began = Stopwatch.GetTimestamp();
        var ids = await EvaluatedRecord.FillAsync(hub.Databases, EvaluationFiles.DocumentsAsync(documentFile, ct), TimeProvider.System.GetUtcNow().UtcDateTime, ct);
        await hub.IndexAsync(ct);
        await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{ids.Count:N0} documents in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
        return await AskAsync(hub, Viewer.Anonymous, queries, JudgedSet.Of(judgements, queries, id => ids.TryGetValue(id, out var resource) ? resource : null), errors, ct);
    }

    private static async Task<EvaluationReport> AskAsync(TemporaryHub hub, Viewer viewer, IReadOnlyList<EvaluatedQuery> queries, JudgedSet judged, TextWriter errors, CancellationToken ct)
    {
        foreach (var note in judged.Notes) await errors.WriteLineAsync(note);
        return await new QueryRound(hub.Search, viewer).RunAsync(queries, judged.Grades, ct);
    }

    private static SearchFeature Feature(string name)
        => Enum.TryParse<SearchFeature>(name, ignoreCase: true, out var feature) && !char.IsAsciiDigit(name[0]) ? feature
            : throw new EvaluationException($"--without {name}: what can be left out is {string.Join(", ", Enum.GetNames<SearchFeature>())}.");

    private static string? Named(string[] args, string name)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == name && i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) return args[i + 1];
            if (args[i].StartsWith(name + "=", StringComparison.Ordinal)) return args[i][(name.Length + 1)..];
        }
        return null;
    }
}
