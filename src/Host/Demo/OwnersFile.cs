using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResourceHub.Host.Demo;

/// <summary>A JSON file in the data folder that only its owner may read.</summary>
internal static class OwnersFile
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<T> ReadAsync<T>(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<T>(file, Readable, ct) ?? throw new InvalidDataException($"{path} is empty; remove it together with the data folder to begin again.");
    }

    /// <summary>Written beside and moved over, so that a cut leaves the old one whole.</summary>
    public static async Task WriteAsync<T>(string path, T value, CancellationToken ct)
    {
        var fresh = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) fresh.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var beside = path + ".new";
        File.Delete(beside);
        await using (var file = new FileStream(beside, fresh)) await JsonSerializer.SerializeAsync(file, value, Readable, ct);
        File.Move(beside, path, overwrite: true);
    }
}
