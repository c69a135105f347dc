using System.Buffers;
using System.Text.Json;
using GraphQL;
using Microsoft.AspNetCore.Http;

namespace ResourceHub.Api.GraphQL;

/// <summary>One request as the GraphQL-over-HTTP specification has it, from a JSON body or from the URL.</summary>
internal sealed record GraphQLRequest(string Query, string? OperationName, Inputs Variables)
{
    /// <summary>No text has it, not every database keeps it, and one that does would find it where another does not.</summary>
    private const string NoNul = "Text cannot hold U+0000.";

    /// <exception cref="MalformedRequestException">Not a request; the message says what is wrong.</exception>
    public static GraphQLRequest Read(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new MalformedRequestException("The body must be one JSON object; batches are not taken.");
            string? query = null, operationName = null;
            var variables = Inputs.Empty;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("query"u8)) query = Text(ref json, "query");
                else if (json.ValueTextEquals("operationName"u8)) operationName = Text(ref json, "operationName");
                else if (json.ValueTextEquals("variables"u8)) variables = Map(ref json, "variables");
                else if (json.ValueTextEquals("extensions"u8)) Map(ref json, "extensions");
                else
                {
                    json.Read();
                    json.Skip();
                }
            }
            if (json.Read()) throw new MalformedRequestException("The body must be one JSON object.");
            return Of(query, operationName, variables);
        }
        catch (JsonException wrong)
        {
            throw new MalformedRequestException("The body is not valid JSON.", wrong);
        }
        catch (InvalidOperationException wrong)
        {
            // A string in the body that is no Unicode text, such as half a surrogate pair.
            throw new MalformedRequestException("The body is not valid JSON text.", wrong);
        }
    }

    public static GraphQLRequest Read(IQueryCollection url)
    {
        var variables = Inputs.Empty;
        foreach (var name in (string[])["variables", "extensions"])
        {
            if (!url.TryGetValue(name, out var given) || given is not [{ Length: > 0 } text]) continue;
            try
            {
                var json = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
                var map = Map(ref json, name);
                if (name == "variables") variables = map;
            }
            catch (JsonException wrong)
            {
                throw new MalformedRequestException($"{name} is not valid JSON.", wrong);
            }
            catch (InvalidOperationException wrong)
            {
                throw new MalformedRequestException($"{name} is not valid JSON text.", wrong);
            }
        }
        return Of(url["query"], url["operationName"], variables);
    }

    private static GraphQLRequest Of(string? query, string? operationName, Inputs variables)
        => string.IsNullOrWhiteSpace(query) ? throw new MalformedRequestException("query is missing.")
        : query.Contains(@"\u0000", StringComparison.Ordinal) ? throw new MalformedRequestException(NoNul)
        : new GraphQLRequest(query, operationName is { Length: 0 } ? null : operationName, variables);

    private static string? Text(ref Utf8JsonReader json, string name)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Null => null,
            _ => throw new MalformedRequestException($"{name} must be a string."),
        };
    }

    private static Inputs Map(ref Utf8JsonReader json, string name)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.StartObject => (Dictionary<string, object?>)Value(ref json)! is { Count: > 0 } map ? new Inputs(map) : Inputs.Empty,
            JsonTokenType.Null => Inputs.Empty,
            _ => throw new MalformedRequestException($"{name} must be an object."),
        };
    }

    private static object? Value(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String: return json.GetString() is { } text && !text.Contains('\0') ? text : throw new MalformedRequestException(NoNul);
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Null: return null;
            case JsonTokenType.Number:
                if (json.TryGetInt32(out var small)) return small;
                if (json.TryGetInt64(out var large)) return large;
                return json.TryGetDouble(out var real) && double.IsFinite(real) ? real : throw new MalformedRequestException("A number is too large.");
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) list.Add(Value(ref json));
                return list;
            default:
                var map = new Dictionary<string, object?>();
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var name = json.GetString()!;
                    json.Read();
                    map[name] = Value(ref json);
                }
                return map;
        }
    }
}

/// <summary>The HTTP request is not one that GraphQL over HTTP knows.</summary>
internal sealed class MalformedRequestException(string message, Exception? cause = null) : Exception(message, cause);
