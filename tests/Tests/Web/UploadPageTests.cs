using System.Net.Http.Headers;
using System.Text;

namespace ResourceHub.Tests.Web;

/// <summary>Uploading without script: forms, as a browser sends them.</summary>
public sealed class UploadPageTests(SharingHub hub) : IClassFixture<SharingHub>
{
    private static readonly (string, string?)[] Plan = [("title", "《圆的面积》教学设计"), ("kind", "lesson-plan"), ("subject", "mathematics"), ("stage", "primary"), ("grades", "g6"), ("licence", "cc-by")];

    [Fact]
    public async Task The_header_says_who_is_signed_in_and_only_to_them()
    {
        var page = await hub.Teacher.OpenAsync("/search");
        Assert.Contains("人员", page.Document.QuerySelector(".who")!.TextContent);
        Assert.Contains("我的资源", page.Document.QuerySelector(".desk")!.TextContent);
        Assert.DoesNotContain("审核", page.Document.QuerySelector(".desk")!.TextContent);
        Assert.Contains("审核", (await hub.Admin.OpenAsync("/search")).Document.QuerySelector(".desk")!.TextContent);
        using var nobody = hub.App.Client();
        Assert.DoesNotContain("人员", await nobody.GetStringAsync("/search"));
    }

    [Fact]
    public async Task A_draft_is_saved_with_its_file_which_is_streamed_on()
    {
        var content = new byte[3_000_000];
        new Random(7).NextBytes(content);
        var page = await SendAsync(hub.Teacher, "圆的面积 说课.bin", content, Plan);
        Assert.Equal(200, page.Status);
        Assert.Contains("已保存为草稿", page.Text);
        Assert.Contains("圆的面积 说课.bin", page.Text);
        using var file = await hub.Teacher.Client.GetAsync(page.Document.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_what_was_typed_stays()
    {
        var page = await hub.Teacher.SendAsync("/upload", "upload", [.. Plan[1..], ("title", " "), ("description", "只写了简介")]);
        Assert.Equal(422, page.Status);
        var title = page.Document.QuerySelector("#upload-title")!;
        Assert.Equal("true", title.GetAttribute("aria-invalid"));
        Assert.NotEmpty(page.Document.GetElementById(title.GetAttribute("aria-describedby")!)!.TextContent);
        Assert.Equal("#upload-title", page.Document.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.Equal("只写了简介", page.Document.QuerySelector("#upload-description")!.TextContent);
        Assert.Equal("mathematics", ((AngleSharp.Html.Dom.IHtmlSelectElement)page.Document.QuerySelector("#upload-subject")!).Value);
        Assert.True(((AngleSharp.Html.Dom.IHtmlInputElement)page.Document.QuerySelector("[name=grades][value=g6]")!).IsChecked);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_draft()
    {
        var form = (await hub.Teacher.OpenAsync("/upload")).Form("upload");
        (string, string?)[] typed = [.. Plan[1..], ("title", "只应有一份的教案")];
        using var first = await hub.Teacher.Client.PostAsync("/upload", form.Filled(typed));
        using var second = await hub.Teacher.Client.PostAsync("/upload", form.Filled(typed));
        Assert.Equal(303, (int)first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task A_form_of_somebody_elses_page_does_nothing_and_keeps_what_was_typed()
    {
        var form = (await hub.Admin.OpenAsync("/upload")).Form("upload");
        using var response = await hub.Teacher.Client.PostAsync("/upload", form.Filled([.. Plan[1..], ("title", "不该出现的草稿")]));
        Assert.Equal(400, (int)response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("没有保存", html);
        Assert.Contains("不该出现的草稿", html);
    }

    [Fact]
    public async Task Files_that_were_sent_whole_by_the_script_become_files_of_the_draft_and_outlive_a_refused_form()
    {
        var upload = await hub.Teacher.UploadAsync("板书.txt", "板书"u8.ToArray());
        var refused = await hub.Teacher.SendAsync("/upload", "upload", [.. Plan[1..], ("title", ""), ("upload", $"{upload}/板书.txt")]);
        Assert.Equal($"{upload}/板书.txt", refused.Document.QuerySelector("input[name=upload]")!.GetAttribute("value"));
        using var response = await hub.Teacher.Client.PostAsync("/upload", refused.Form("upload").Filled(("title", "有板书的教案")));
        var page = await hub.Teacher.OpenAsync(response.Headers.Location!.ToString());
        Assert.Contains("板书.txt", page.Text);
    }

    [Fact]
    public async Task Metadata_is_changed_and_cleared_and_another_file_added()
    {
        var page = await SendAsync(hub.Teacher, "一.txt", "一"u8.ToArray(), [.. Plan, ("keywords", "圆、面积，π"), ("contributors", "数学组\n六年级备课组，执教"), ("chapter", "第五单元")]);
        var edit = page.Address.Split('?')[0] + "/edit";
        var form = await hub.Teacher.OpenAsync(edit);
        Assert.Equal("圆、面积、π", form.Document.QuerySelector("#edit-keywords")!.GetAttribute("value"));
        Assert.Equal("数学组\n六年级备课组，执教", form.Document.QuerySelector("#edit-contributors")!.TextContent);
        var changed = await hub.Teacher.SendAsync(edit, "edit", ("title", "《圆的面积》第二稿"), ("chapter", ""), ("grades", null));
        Assert.Equal("《圆的面积》第二稿", changed.Document.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("第五单元", changed.Text);
        Assert.Contains("执教", changed.Text);
        var added = await SendAsync(hub.Teacher, "二.txt", "二"u8.ToArray(), [], edit, "files");
        Assert.Contains("一.txt", added.Text);
        Assert.Contains("二.txt", added.Text);
    }

    [Fact]
    public async Task Pages_in_a_process_of_their_own_speak_for_the_person_too()
    {
        await using var pages = await HubApp.StartAsync(new() { ["Roles"] = "Web", ["ApiAddress"] = hub.App.Address.ToString() });
        using var here = await hub.Teacher.Client.GetAsync(new Uri(pages.Address, "/mine")); // a browser's cookies do not mind the port
        Assert.Contains("人员", await here.Content.ReadAsStringAsync());
        Assert.Contains("no-store", here.Headers.CacheControl!.ToString());
        using var nobody = pages.Client();
        Assert.DoesNotContain("人员", await nobody.GetStringAsync("/"));
        var page = await SendAsync(hub.Teacher, "隔着一个进程.txt", "内容"u8.ToArray(), Plan, new Uri(pages.Address, "/upload").ToString());
        Assert.Contains("隔着一个进程.txt", page.Text);
    }

    [Fact]
    public async Task Another_school_cannot_edit_it_and_learns_nothing()
    {
        var page = await hub.Teacher.SendAsync("/upload", "upload", Plan);
        Assert.Equal(404, (await hub.Stranger.OpenAsync(page.Address.Split('?')[0] + "/edit")).Status);
    }

    /// <summary>As browsers write multipart forms: the file last.</summary>
    private static async Task<Page> SendAsync(HubPerson person, string fileName, byte[] file, (string, string?)[] typed, string address = "/upload", string form = "upload")
    {
        const string boundary = "----WebKitFormBoundaryAbCdEf0123456789";
        var fields = await (await person.OpenAsync(address)).Form(form).Filled(typed).ReadAsStringAsync();
        using var body = new MemoryStream();
        foreach (var (name, value) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(fields).SelectMany(f => f.Value, (f, v) => (f.Key, v)))
            body.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        body.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{fileName}\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
        body.Write(file);
        body.Write(Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n"));
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        using var response = await person.Client.PostAsync(address, content);
        return response.Headers.Location is { } next ? await person.OpenAsync(next.ToString()) : throw new InvalidOperationException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
