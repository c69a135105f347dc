using System.Collections;
using System.Collections.Frozen;
using System.Globalization;

namespace ResourceHub.Core.Text;

/// <summary>What Unicode says of each character's decomposition, read once from unicode-forms.txt; Hangul is computed.</summary>
internal static class UnicodeTables
{
    private const int HangulFirst = 0xAC00, HangulCount = 11172, LeadFirst = 0x1100, LeadCount = 19, VowelFirst = 0x1161, VowelCount = 21, TailFirst = 0x11A7, TailCount = 28;

    private static readonly Dictionary<int, byte> Classes = [];
    private static readonly Dictionary<(int, int), int> Pairs = [];
    private static readonly HashSet<int> Seconds = [];

    // After the three above: reading fills them.
    private static readonly (Decompositions Canonical, Decompositions Compatible) Read = ReadAll();

    public static Decompositions Canonical => Read.Canonical;
    public static Decompositions Compatible => Read.Compatible;

    /// <summary>The canonical combining class: 0 for what is no mark.</summary>
    public static byte ClassOf(int code) => code < 0x300 ? (byte)0 : Classes.GetValueOrDefault(code);

    public static int? Compose(int first, int second)
    {
        if (first is >= LeadFirst and < LeadFirst + LeadCount && second is >= VowelFirst and < VowelFirst + VowelCount)
            return HangulFirst + ((first - LeadFirst) * VowelCount + second - VowelFirst) * TailCount;
        if (first is >= HangulFirst and < HangulFirst + HangulCount && (first - HangulFirst) % TailCount == 0 && second is > TailFirst and < TailFirst + TailCount)
            return first + second - TailFirst;
        return Pairs.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static (Decompositions, Decompositions) ReadAll()
    {
        using var stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream("unicode-forms.txt") ?? throw new InvalidOperationException("unicode-forms.txt is not embedded.");
        using var lines = new StreamReader(stream);
        Dictionary<int, int[]> canonical = [], compatible = [];
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            switch (parts[0])
            {
                case "C":
                    foreach (var range in parts.Skip(2).Select(r => r.Split('-')))
                        for (var code = Hex(range[0]); code <= Hex(range[1]); code++) Classes[code] = (byte)Hex(parts[1]);
                    break;
                case "P":
                    Pairs[(Hex(parts[2]), Hex(parts[3]))] = Hex(parts[1]);
                    Seconds.Add(Hex(parts[3]));
                    break;
                case "D":
                    canonical[Hex(parts[1])] = compatible[Hex(parts[1])] = [.. parts.Skip(2).Select(Hex)];
                    break;
                case "K":
                    compatible[Hex(parts[1])] = [.. parts.Skip(2).Select(Hex)];
                    break;
            }
        }
        return (new(canonical), new(compatible));
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>One of the two maps, with a bit for every unit that may not stay as it is.</summary>
    public sealed class Decompositions
    {
        private readonly FrozenDictionary<int, int[]> map;
        private readonly BitArray changing = new(0x10000);

        /// <summary>Units that become one other unit, whatever stands around them unless a mark follows: ，→ , and the like. 0 for all others.</summary>
        private readonly char[] simple = new char[0x10000];

        public Decompositions(Dictionary<int, int[]> map)
        {
            this.map = map.ToFrozenDictionary();
            foreach (var (code, parts) in map)
                if (code < 0x10000 && parts is [< 0x10000] && !Joins(code) && !IsLead(parts[0])) simple[code] = (char)parts[0];
            for (var code = 0; code < 0x10000; code++) changing[code] = char.IsSurrogate((char)code) || Joins(code) || map.ContainsKey(code) && !IsComposed(code);
        }

        public char Simple(char unit) => simple[unit];

        public bool MayChange(char unit) => changing[unit];

        public bool Changes(int code) => map.ContainsKey(code) || Joins(code);

        /// <summary>Whether it may melt into what stands before it.</summary>
        public bool Joins(int code)
        {
            if (code < 0x300) return false;
            if (code is >= VowelFirst and < VowelFirst + VowelCount or > TailFirst and < TailFirst + TailCount) return true;
            var first = map.TryGetValue(code, out var parts) ? parts[0] : code;
            return ClassOf(first) != 0 || Seconds.Contains(first) || first is >= VowelFirst and < VowelFirst + VowelCount;
        }

        public void Decompose(int code, List<int> into)
        {
            if (code is >= HangulFirst and < HangulFirst + HangulCount)
            {
                var index = code - HangulFirst;
                into.Add(LeadFirst + index / (VowelCount * TailCount));
                into.Add(VowelFirst + index / TailCount % VowelCount);
                if (index % TailCount != 0) into.Add(TailFirst + index % TailCount);
            }
            else if (map.TryGetValue(code, out var parts)) into.AddRange(parts);
            else into.Add(code);
        }

        private static bool IsLead(int code) => code is >= LeadFirst and < LeadFirst + LeadCount;

        /// <summary>é is taken apart and put together again: alone it stays as it is.</summary>
        private bool IsComposed(int code)
        {
            var parts = map[code];
            var whole = parts[0];
            for (var i = 1; i < parts.Length; i++)
            {
                if (UnicodeTables.Compose(whole, parts[i]) is not { } next) return false;
                whole = next;
            }
            return whole == code;
        }
    }
}
