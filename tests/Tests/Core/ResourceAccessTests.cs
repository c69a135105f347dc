using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Core;

public sealed class ResourceAccessTests
{
    private static readonly DateTime Now = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Nobody_sees_more_than_what_is_published_for_everybody()
    {
        var resource = new Resource { SchoolId = Guid.CreateVersion7(), CreatedBy = Guid.CreateVersion7(), Title = "圆的面积", Kind = "slides" };
        var rule = ResourceAccess.VisibleTo(Viewer.Anonymous).Compile();
        Assert.False(rule(resource));
        resource.Publish(Visibility.Members, Now);
        Assert.False(rule(resource));
        resource.Publish(Visibility.Public, Now);
        Assert.True(rule(resource));
        resource.Withdraw(Now);
        Assert.False(rule(resource));
    }
}
