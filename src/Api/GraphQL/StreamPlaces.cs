using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Api.GraphQL;

/// <summary>How many subscriptions are open: each holds a connection and asks the record every few seconds.</summary>
internal sealed class StreamPlaces(HubSettings settings)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = [];
    private int all;

    public int Taken
    {
        get
        {
            lock (gate) return all;
        }
    }

    /// <summary>A place until it is disposed; null when there is none left for this viewer.</summary>
    public IDisposable? Take(Viewer viewer)
    {
        var who = viewer.ActorId?.ToString("n") ?? $"at {viewer.Origin.Ip}";
        lock (gate)
        {
            var own = taken.GetValueOrDefault(who);
            if (all >= settings.MaxStreams || own >= GraphQLLimits.StreamsOfOne) return null;
            taken[who] = own + 1;
            all++;
        }
        HubMeter.Subscriptions.Add(1);
        return new Place(this, who);
    }

    private void Leave(string who)
    {
        HubMeter.Subscriptions.Add(-1);
        lock (gate)
        {
            all--;
            if (--taken[who] == 0) taken.Remove(who);
        }
    }

    private sealed class Place(StreamPlaces places, string who) : IDisposable
    {
        public void Dispose() => places.Leave(who);
    }
}
