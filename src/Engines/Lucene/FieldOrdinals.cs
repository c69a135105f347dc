namespace ResourceHub.Engines.Lucene;

/// <summary>Numbers for a field's values, given once and kept while the index is open, so that counts of different segments add up without looking at words.</summary>
internal sealed class FieldOrdinals
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> numbers = [];
    private volatile string[] values = [];

    /// <summary>Values by number; may be longer than it was a moment ago, never shorter.</summary>
    public IReadOnlyList<string> Values => values;

    public int Count => values.Length;

    public int? Find(string value)
    {
        lock (gate) return numbers.TryGetValue(value, out var number) ? number : null;
    }

    public int[] NumbersOf(IReadOnlyList<string> segmentValues)
    {
        lock (gate)
        {
            var added = new List<string>();
            var found = new int[segmentValues.Count];
            for (var i = 0; i < found.Length; i++)
            {
                if (!numbers.TryGetValue(segmentValues[i], out found[i]))
                {
                    numbers[segmentValues[i]] = found[i] = values.Length + added.Count;
                    added.Add(segmentValues[i]);
                }
            }
            if (added.Count > 0) values = [.. values, .. added];
            return found;
        }
    }
}
