using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ResourceHub.Tests.Web;

/// <summary>A hub with three schools, two of them partners, and people who sign in.</summary>
public sealed class SharingHub : IAsyncLifetime
{
    public const string OwnName = "重庆市江北区华新实验小学";
    public const string PartnerName = "巴中第一实验小学";
    public const string ElsewhereName = "成都市泡桐树小学";
    public const string PartnershipName = "成渝双城经济圈教育协同发展协议";

    private readonly List<HubPerson> people = [];
    private HubApp? app;

    public HubApp App => app ?? throw new InvalidOperationException("The hub has not been started.");
    public string Own { get; private set; } = "";
    public string Partner { get; private set; } = "";
    public string Elsewhere { get; private set; } = "";
    public string Partnership { get; private set; } = "";
    public HubPerson Teacher { get; private set; } = null!;
    public HubPerson Admin { get; private set; } = null!;
    public HubPerson PartnerTeacher { get; private set; } = null!;
    public HubPerson PartnerAdmin { get; private set; } = null!;
    public HubPerson Stranger { get; private set; } = null!;
    public HubPerson HubAdmin { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        app = await HubApp.StartAsync();
        Own = await app.SchoolAsync(OwnName);
        Partner = await app.SchoolAsync(PartnerName);
        Elsewhere = await app.SchoolAsync(ElsewhereName);
        Partnership = await app.PartnershipAsync(PartnershipName, Own, Partner);
        Teacher = await JoinAsync(Own, "TEACHER", "huaxin-teacher");
        Admin = await JoinAsync(Own, "SCHOOL_ADMIN", "huaxin-admin");
        PartnerTeacher = await JoinAsync(Partner, "TEACHER", "bazhong-teacher");
        PartnerAdmin = await JoinAsync(Partner, "SCHOOL_ADMIN", "bazhong-admin");
        Stranger = await JoinAsync(Elsewhere, "TEACHER", "paotongshu-teacher");
        HubAdmin = await JoinAsync(null, "HUB_ADMIN", "hub-admin");
    }

    public async Task DisposeAsync()
    {
        foreach (var person in people) person.Dispose();
        if (app is not null) await app.DisposeAsync();
    }

    private async Task<HubPerson> JoinAsync(string? school, string role, string userName)
    {
        var person = await App.PersonAsync(school, role, userName);
        people.Add(person);
        return person;
    }
}

/// <summary>A browser without script, in somebody's hands.</summary>
public static class Browsing
{
    /// <summary>Opens a page; where it sends elsewhere, that page.</summary>
    public static async Task<Page> OpenAsync(this HubPerson person, string address)
    {
        using var response = await person.Client.GetAsync(address);
        return await FollowAsync(person.Client, response);
    }

    /// <summary>Fills in a page's form and sends it: what the form says already is sent as well, as a browser does.</summary>
    /// <param name="form">Which of the page's forms, by its name.</param>
    public static async Task<Page> SendAsync(this HubPerson person, string address, string form, params (string Name, string? Value)[] typed)
    {
        var page = await person.OpenAsync(address);
        using var response = await person.Client.PostAsync(address, page.Form(form).Filled(typed));
        return await FollowAsync(person.Client, response);
    }

    public static IHtmlFormElement Form(this Page page, string name)
        => page.Document.Forms.FirstOrDefault(f => f.QuerySelector($"input[name=do][value={name}]") is not null) ?? throw new InvalidOperationException($"The page has no form “{name}”: {page.Text}");

    /// <summary>What a browser would send.</summary>
    public static FormUrlEncodedContent Filled(this IHtmlFormElement form, params (string Name, string? Value)[] typed)
    {
        List<KeyValuePair<string, string?>> fields = [];
        foreach (var field in form.Elements)
        {
            if (field.GetAttribute("name") is not { Length: > 0 } name || typed.Any(t => t.Name == name)) continue;
            if (field is IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } or IHtmlButtonElement or IHtmlFieldSetElement) continue;
            fields.Add(new(name, field switch { IHtmlSelectElement select => select.Value, IHtmlTextAreaElement area => area.Value, IHtmlInputElement input => input.Value, _ => null }));
        }
        fields.AddRange(typed.Where(t => t.Value is not null).Select(t => new KeyValuePair<string, string?>(t.Name, t.Value)));
        return new FormUrlEncodedContent(fields);
    }

    /// <summary>The page that an answer is, or sends to.</summary>
    public static Task<Page> ReadAsync(this HubPerson person, HttpResponseMessage response) => FollowAsync(person.Client, response);

    /// <summary>Sends a whole file as the pages' script does; returns the upload's id.</summary>
    public static async Task<string> UploadAsync(this HubPerson person, string name, byte[] content)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = new ByteArrayContent(content) };
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", content.Length.ToString());
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        create.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var made = await person.Client.SendAsync(create);
        return made.Headers.Location!.ToString().Split('/')[^1];
    }

    private static async Task<Page> FollowAsync(HttpClient client, HttpResponseMessage response)
    {
        if (response.Headers.Location is { } elsewhere)
        {
            using var next = await client.GetAsync(elsewhere);
            return await FollowAsync(client, next);
        }
        var html = await response.Content.ReadAsStringAsync();
        return new Page((int)response.StatusCode, html, new HtmlParser().ParseDocument(html), response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)))
        {
            Address = response.RequestMessage!.RequestUri!.PathAndQuery,
        };
    }
}
