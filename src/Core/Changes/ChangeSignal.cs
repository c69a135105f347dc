namespace ResourceHub.Core.Changes;

/// <summary>Wakes those who follow changes when one has been committed.</summary>
public sealed class ChangeSignal : Signal;
