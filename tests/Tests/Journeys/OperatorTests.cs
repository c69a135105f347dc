using ResourceHub.Core;
using ResourceHub.Engines;
using ResourceHub.Host;
using ResourceHub.Host.Commands;

namespace ResourceHub.Tests.Journeys;

/// <summary>What an operator gets wrong is answered with a sentence, not with a stack trace.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void A_setting_that_is_not_a_number_is_named()
        => Assert.Contains("Hub:MaxUploadBytes", Assert.Throws<SettingsException>(() => HubHost.Settings(["--Hub:MaxUploadBytes=lots"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_data_folder_that_cannot_be_made_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            var data = Path.Join(file, "hub");
            Assert.Contains(data, Assert.Throws<SettingsException>(() => DataFolder.Make(new HubSettings { Data = data })).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Extract_of_a_path_that_is_not_there_tells_the_script_so()
        => Assert.Equal(1, await ExtractCommand.RunAsync([Path.Join(Path.GetTempPath(), "there-is-no-such-lesson.docx")]));
}
