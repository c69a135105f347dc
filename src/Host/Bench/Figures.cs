namespace ResourceHub.Host.Bench;

/// <summary>The table that is printed: each figure beside its goal.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value, string Unit, double Goal, bool AtLeast)> rows = [];

    public bool AllReached => rows.TrueForAll(Reached);

    public void AtLeast(string name, double value, string unit, double goal) => Add(name, value, unit, goal, true);

    public void AtMost(string name, double value, string unit, double goal) => Add(name, value, unit, goal, false);

    /// <summary>A figure without a goal: to read the others by.</summary>
    public void Note(string name, double value, string unit) => Add(name, value, unit, double.NaN, true);

    private void Add(string name, double value, string unit, double goal, bool atLeast)
    {
        rows.Add((name, value, unit, goal, atLeast));
        Console.WriteLine(Line(rows[^1]));
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"| {"figure",-52} | {"measured",14} | {"goal",14} |        |");
        Console.WriteLine($"|{new string('-', 54)}|{new string('-', 16)}|{new string('-', 16)}|--------|");
        foreach (var row in rows) Console.WriteLine(Line(row));
    }

    private static bool Reached((string Name, double Value, string Unit, double Goal, bool AtLeast) row) => double.IsNaN(row.Goal) || (row.AtLeast ? row.Value >= row.Goal : row.Value <= row.Goal);

    private static string Line((string Name, double Value, string Unit, double Goal, bool AtLeast) row)
    {
        var goal = double.IsNaN(row.Goal) ? "" : $"{(row.AtLeast ? "≥" : "≤")} {Number(row.Goal)} {row.Unit}".TrimEnd();
        return $"| {row.Name,-52} | {$"{Number(row.Value)} {row.Unit}".TrimEnd(),14} | {goal,14} | {(double.IsNaN(row.Goal) ? "" : Reached(row) ? "ok" : "MISSED"),-6} |";
    }

    private static string Number(double value) => Math.Abs(value) >= 100 ? value.ToString("N0") : value.ToString("0.####");
}
