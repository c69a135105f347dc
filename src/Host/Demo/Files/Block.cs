namespace ResourceHub.Host.Demo.Files;

/// <summary>One piece of a lesson's text; each builder shows it in its own way.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>A title (level 1) or heading. In slides level 1 begins a slide, in workbooks a sheet, in videos a scene.</summary>
    public sealed record Heading(int Level, string Text, bool Hidden) : Block;

    public sealed record Paragraph(string Text, bool Centred = false) : Block;

    public sealed record Bullet(int Level, string Text) : Block;

    public sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows, bool HasHeader) : Block;

    /// <summary>What the teacher says to a slide.</summary>
    public sealed record Note(string Text) : Block;

    /// <summary>What is heard from this second on, until the next cue. A cue without text ends the recording.</summary>
    public sealed record Cue(int Second, string Text) : Block;

    public sealed record PageBreak : Block;
}
