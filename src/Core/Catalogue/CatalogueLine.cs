namespace ResourceHub.Core.Catalogue;

/// <summary>One node as a catalogue file gives it. What a line leaves out of stage, grade, subject, edition and volume is its volume's.</summary>
/// <param name="Line">From 1: where the node stands in the file.</param>
/// <param name="Topics">What it teaches, in words that other editions share; a chapter or section without any teaches its title.</param>
public sealed record CatalogueLine(
    int Line, string? Code, string? Parent, string? Level, string? Title,
    string? Stage = null, string? Grade = null, string? Subject = null, string? Edition = null, string? Volume = null, IReadOnlyList<string>? Topics = null);

/// <summary>What is wrong with a catalogue file, and where.</summary>
public sealed record CatalogueProblem(int Line, string Message);
