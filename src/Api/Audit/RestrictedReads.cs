using Microsoft.AspNetCore.Http;
using ResourceHub.Api.People;
using ResourceHub.Core.Audit;

namespace ResourceHub.Api.Audit;

/// <summary>
/// Notes that bytes which are not open to all members were read. A player asks for a file in many pieces, and a piece from the middle is a reading too, so
/// who goes on reading a file is noted once in half an hour, and anew when it begins at the start.
/// </summary>
public sealed class RestrictedReads(AuditQueue queue, TimeProvider clock)
{
    private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(30);
    private const int MostKept = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(Guid? Actor, Guid Bytes), DateTime> noted = [];

    /// <param name="bytes">The file, or what stands for it.</param>
    public void Note(HttpContext http, string objectType, Guid objectId, Guid? schoolId, Guid bytes, string name)
    {
        if (!HttpMethods.IsGet(http.Request.Method)) return;
        var viewer = http.Viewer();
        if (GoesOn(http.Request, (viewer.ActorId, bytes))) return;
        queue.Note(viewer, new AuditNote(AuditActions.Downloaded, objectType, objectId, schoolId ?? viewer.SchoolId, Detail: name));
    }

    private bool GoesOn(HttpRequest request, (Guid? Actor, Guid Bytes) reading)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var isPiece = request.GetTypedHeaders().Range is { Ranges: { Count: > 0 } ranges } && ranges.All(r => r.From != 0);
        lock (gate)
        {
            if (isPiece && noted.TryGetValue(reading, out var at) && now - at < OneReading) return true;
            if (noted.Count >= MostKept) noted.Clear();
            noted[reading] = now;
            return false;
        }
    }
}
