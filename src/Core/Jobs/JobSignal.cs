namespace ResourceHub.Core.Jobs;

/// <summary>Wakes the workers when a transaction with new jobs has been committed.</summary>
public sealed class JobSignal : Signal;
