using System.Buffers;
using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using ResourceHub.Core;

namespace ResourceHub.Api.GraphQL;

/// <summary>Writes answers straight from the tree of what was resolved: no dictionaries in between, Chinese as it is.</summary>
internal static class GraphQLAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    [ThreadStatic]
    private static Utf8JsonWriter? spare;

    /// <param name="requestId">Stands in every error: who reports one names the line of the log.</param>
    public static void Write(IBufferWriter<byte> to, ExecutionResult result, string requestId)
    {
        var json = Begin(to);
        json.WriteStartObject();
        if (result.Errors is { Count: > 0 } errors)
        {
            json.WriteStartArray("errors");
            foreach (var error in errors) Error(json, error, requestId);
            json.WriteEndArray();
        }
        if (result.Executed)
        {
            json.WritePropertyName(Data);
            if (result.Data is ExecutionNode root) Node(json, root);
            else json.WriteNullValue();
        }
        json.WriteEndObject();
        End(json);
    }

    public static void Write(IBufferWriter<byte> to, Refusal refusal, string requestId)
    {
        var json = Begin(to);
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("message", refusal.Message);
        if (refusal.Line is { } line) Place(json, line, refusal.Column ?? 1);
        Extensions(json, refusal.Code, requestId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        End(json);
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> to)
    {
        var json = spare ?? new Utf8JsonWriter(to, Options);
        spare = null;
        json.Reset(to);
        return json;
    }

    private static void End(Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset(Nowhere.Instance);
        spare = json;
    }

    private static void Node(Utf8JsonWriter json, ExecutionNode node)
    {
        switch (node)
        {
            case ObjectExecutionNode { SubFields: { } fields }:
                json.WriteStartObject();
                foreach (var field in fields)
                {
                    json.WritePropertyName(field.Name!);
                    Node(json, field);
                }
                json.WriteEndObject();
                break;
            case ArrayExecutionNode { Items: { } items }:
                json.WriteStartArray();
                foreach (var item in items) Node(json, item);
                json.WriteEndArray();
                break;
            case ArrayExecutionNode { SerializedResult: { } scalars }:
                json.WriteStartArray();
                foreach (var scalar in scalars) Scalar(json, scalar);
                json.WriteEndArray();
                break;
            case ValueExecutionNode value:
                Scalar(json, value.ToValue());
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static void Scalar(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case DateTime moment: json.WriteStringValue(moment); break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) Scalar(json, item);
                json.WriteEndArray();
                break;
            default: throw new InvalidOperationException($"No scalar of the schema is a {value.GetType()}.");
        }
    }

    private static void Error(Utf8JsonWriter json, ExecutionError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("message", error.Message);
        if (error.Locations is [var place, ..]) Place(json, place.Line, place.Column);
        if (error.Path is { } path)
        {
            json.WriteStartArray("path");
            foreach (var step in path)
            {
                if (step is int index) json.WriteNumberValue(index);
                else json.WriteStringValue(step.ToString());
            }
            json.WriteEndArray();
        }
        // What an argument's own check said stands inside the engine's "invalid literal".
        Extensions(json, error is UnhandledError ? IsAway(error) ? RecordAway.Problem.Code : "INTERNAL_ERROR" : (error.InnerException as ExecutionError ?? error).Code ?? "INTERNAL_ERROR", requestId);
        json.WriteEndObject();
    }

    /// <summary>The record did not answer a field: the whole is asked again later.</summary>
    public static bool IsAway(ExecutionError error) => error is UnhandledError && RecordAway.Is(error);

    private static void Place(Utf8JsonWriter json, int line, int column)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteNumber("column", column);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Extensions(Utf8JsonWriter json, string code, string requestId)
    {
        json.WriteStartObject("extensions");
        json.WriteString("code", code);
        json.WriteString("requestId", requestId);
        json.WriteEndObject();
    }

    /// <summary>What a writer that waits for its next use holds: nobody's buffer.</summary>
    private sealed class Nowhere : IBufferWriter<byte>
    {
        public static readonly Nowhere Instance = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
