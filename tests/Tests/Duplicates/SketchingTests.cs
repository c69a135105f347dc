using System.Text;
using ResourceHub.Core.Duplicates;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Duplicates;

public sealed class SketchingTests(ITestOutputHelper output)
{
    private const int Lessons = 300;
    private static readonly string[] Headings = ["一、教学目标", "二、教学重点与难点", "三、教学准备", "四、教学过程", "五、板书设计", "六、作业布置", "七、教学反思"];
    private static readonly string Characters = string.Concat(Enumerable.Range(0, 1500).Select(n => (char)(0x4E00 + n * 7)));

    /// <summary>A made lesson: the headings that all have, and sentences of its own, some of which other lessons have too.</summary>
    private static List<string> Lesson(int seed)
    {
        var random = new Random(seed);
        List<string> lines = [$"第{seed}课 {Words(random, 6)}"];
        foreach (var heading in Headings)
        {
            lines.Add(heading);
            for (var n = random.Next(3, 9); n > 0; n--) lines.Add(random.Next(8) == 0 ? Words(new Random(random.Next(40)), 18) : Words(random, random.Next(12, 40)));
        }
        return lines;
    }

    private static string Words(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Characters[random.Next(Characters.Length)])) + "。";

    private static List<string> Edited(List<string> lesson, double share, Random random) => lesson.ConvertAll(line => random.NextDouble() < share ? Words(random, line.Length) : line);

    public static IEnumerable<(string Name, Func<List<string>, Random, List<string>> Make)> Variants =>
    [
        ("retitled", (l, r) => [Words(r, 8), .. l.Skip(1)]),
        ("one part changed", (l, r) => [.. l.Take(5), Words(r, 30), .. l.Skip(6)]),
        ("as pdf", (l, _) => [.. l.SelectMany((line, n) => n % 12 == 11 ? (string[])[line.Insert(line.Length / 2, "\n"), $"第 {n / 12 + 1} 页 共 9 页"] : [line.Insert(line.Length / 3, " ")])]),
        ("5 % edited", (l, r) => Edited(l, 0.05, r)),
        ("10 % edited", (l, r) => Edited(l, 0.10, r)),
        ("20 % edited", (l, r) => Edited(l, 0.20, r)),
        ("two lessons in one", (l, r) => [.. l, .. Lesson(r.Next(100_000, 200_000)).Take(l.Count / 2)]),
    ];

    private static (FileSketch Sketch, HashSet<ulong> Shingles, HashSet<long> Bands) Look(List<string> lines)
    {
        var sketch = Sketching.Of(Guid.CreateVersion7(), lines)!;
        return (sketch, Sketching.Shingles(Sketching.Fold(lines)), [.. Sketching.Bands(sketch)]);
    }

    /// <summary>As the hub decides: a band in common, a promising estimate, then what the texts have in common.</summary>
    private static bool IsSuggested((FileSketch Sketch, HashSet<ulong> Shingles, HashSet<long> Bands) a, (FileSketch Sketch, HashSet<ulong> Shingles, HashSet<long> Bands) b)
    {
        if (!a.Bands.Overlaps(b.Bands) || Sketching.Estimate(a.Sketch, b.Sketch) < 0.18) return false;
        double common = a.Shingles.Count(b.Shingles.Contains);
        return common / (a.Shingles.Count + b.Shingles.Count - common) >= NearDuplicates.DerivedJaccard || common / Math.Min(a.Shingles.Count, b.Shingles.Count) >= NearDuplicates.DerivedContainment;
    }

    [Fact]
    public void Nine_of_ten_variants_are_found_and_of_ten_thousand_other_pairs_at_most_one()
    {
        var lessons = Enumerable.Range(0, Lessons).Select(Lesson).ToList();
        var looks = lessons.ConvertAll(Look);
        var (all, found) = (0, 0);
        foreach (var (name, make) in Variants)
        {
            var hits = Enumerable.Range(0, Lessons).Count(n => IsSuggested(looks[n], Look(make(lessons[n], new Random(n)))));
            output.WriteLine($"{name}: {hits} of {Lessons}");
            all += Lessons;
            found += hits;
        }
        var (pairs, wrong) = (0, 0);
        for (var a = 0; a < Lessons; a++)
            for (var b = a + 1; b < Lessons; b++, pairs++)
                if (IsSuggested(looks[a], looks[b])) wrong++;
        output.WriteLine($"recall {(double)found / all:0.000}; {wrong} wrong of {pairs} pairs");
        Assert.True(found >= 0.9 * all, $"{found} of {all}");
        Assert.True(wrong <= pairs / 10_000, $"{wrong} of {pairs}");
    }

    [Fact]
    public void The_estimate_is_near_the_truth_and_the_fold_lets_form_go()
    {
        var (one, other) = (Look(Lesson(1)), Look(Edited(Lesson(1), 0.2, new Random(3))));
        double common = one.Shingles.Count(other.Shingles.Contains);
        Assert.InRange(Sketching.Estimate(one.Sketch, other.Sketch) - common / (one.Shingles.Count + other.Shingles.Count - common), -0.15, 0.15);
        Assert.Equal(Sketching.Fold(["圆的面积＝πｒ²"]), Sketching.Fold([" 圆 的面积", " = π R2"]));
        Assert.Null(Sketching.Of(Guid.Empty, ["圆的面积"]));
    }
}
