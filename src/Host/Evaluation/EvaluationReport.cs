using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResourceHub.Host.Evaluation;

/// <summary>What an evaluation found. Quality is the mean over queries that have a right document; empty counts and times are of all queries.</summary>
internal sealed record EvaluationReport(
    double Ndcg10, double Mrr10, double Recall100, int Empty, int Queries, [property: JsonPropertyName("p50ms")] double P50Ms, [property: JsonPropertyName("p95ms")] double P95Ms)
{
    public void Print(TextWriter to, bool asJson)
    {
        if (asJson) to.WriteLine(JsonSerializer.Serialize(Rounded, JsonSerializerOptions.Web));
        else
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                nDCG@10      {Ndcg10:F4}   (gain = grade, discount = log2(rank + 1))
                MRR@10       {Mrr10:F4}
                Recall@100   {Recall100:F4}
                empty        {Empty}
                queries      {Queries}
                p50          {P50Ms:F1} ms
                p95          {P95Ms:F1} ms
                """));
    }

    private EvaluationReport Rounded => this with
    {
        Ndcg10 = Math.Round(Ndcg10, 5),
        Mrr10 = Math.Round(Mrr10, 5),
        Recall100 = Math.Round(Recall100, 5),
        P50Ms = Math.Round(P50Ms, 2),
        P95Ms = Math.Round(P95Ms, 2),
    };
}
