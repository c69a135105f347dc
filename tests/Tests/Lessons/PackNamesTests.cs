using ResourceHub.Api.Packs;

namespace ResourceHub.Tests.Lessons;

public sealed class PackNamesTests
{
    [Theory]
    [InlineData("圆的面积.pptx", "圆的面积.pptx")]
    [InlineData("a:b*c?.docx", "a_b_c_.docx")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("nul", "_nul")]
    [InlineData("课件... ", "课件")]
    [InlineData("..", "_")]
    public void Names_are_such_that_Windows_takes_them(string name, string safe) => Assert.Equal(safe, PackNames.Safe(name));

    [Fact]
    public void Files_of_one_name_stand_beside_each_other()
    {
        var names = new PackNames();
        Assert.Equal(["f/教案.docx", "f/教案 (2).docx", "f/教案 (3).DOCX", "g/教案.docx"], [names.Place("f/", "教案.docx"), names.Place("f/", "教案.docx"), names.Place("f/", "教案.DOCX"), names.Place("g/", "教案.docx")]);
        Assert.InRange(names.Place("f/", new string('圆', 190) + ".pptx").Length, 100, 122);
    }
}
