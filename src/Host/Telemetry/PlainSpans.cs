using System.Diagnostics;
using OpenTelemetry;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Host.Telemetry;

/// <summary>
/// Takes out of spans what is not the operator's business. An address may be a secret by itself (/invitation/…), so its pattern stands for it; what a browser
/// calls itself tells people apart; the text of an error may quote what somebody typed.
/// </summary>
internal sealed class PlainSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        // Workers look for work every second: what belongs to no request and no job tells nothing.
        if (data.ParentSpanId == default && data.Kind == ActivityKind.Client)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }
        if (data.GetTagItem("url.path") is not null) data.SetTag("url.path", data.GetTagItem("http.route") ?? "unmatched");
        data.SetTag("url.query", null);
        data.SetTag("user_agent.original", null);
        data.SetTag("client.address", null);
        if (data.Status == ActivityStatusCode.Error && data.Source.Name != HubMeter.Name) data.SetStatus(ActivityStatusCode.Error);
    }
}
