using static ResourceHub.Host.Demo.Files.OfficeZip;

namespace ResourceHub.Host.Demo.Files;

/// <summary>What every deck of slides stands on: theme, master, two layouts (cover, content) and the master of the notes.</summary>
internal static class PptxFrame
{
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";

    public const string Namespaces = $"""xmlns:a="{Drawing}" xmlns:r="{Relationships}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" """;

    public const string Root = """<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>""";

    private const string ColourMap = """bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink" """;

    /// <summary>A shape that takes its place and look from the layout, unless a place (x, y, width, height) is given.</summary>
    public static string Holder(int id, string name, string kind, string paragraphs, string place = "")
        => $"""<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>""";

    public static void AddTo(OfficeZip zip)
    {
        zip.Add("ppt/slideMasters/slideMaster1.xml", "officedocument.presentationml.slideMaster", Master, ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("slideLayout", "../slideLayouts/slideLayout2.xml"), ("theme", "../theme/theme1.xml"));
        zip.Add("ppt/slideLayouts/slideLayout1.xml", "officedocument.presentationml.slideLayout", Layout("title", "封面",
            Holder(2, "标题", """type="ctrTitle" """, Empty, Place(1524000, 1700000, 9144000, 1500000)) + Holder(3, "副标题", """type="subTitle" idx="1" """, Empty, Place(1524000, 3500000, 9144000, 1800000))),
            ("slideMaster", "../slideMasters/slideMaster1.xml"));
        zip.Add("ppt/slideLayouts/slideLayout2.xml", "officedocument.presentationml.slideLayout", Layout("obj", "标题和内容",
            Holder(2, "标题", """type="title" """, Empty) + Holder(3, "内容", """idx="1" """, Empty)),
            ("slideMaster", "../slideMasters/slideMaster1.xml"));
        zip.Add("ppt/notesMasters/notesMaster1.xml", "officedocument.presentationml.notesMaster",
            $"""<p:notesMaster {Namespaces}><p:cSld><p:spTree>{Root}{Holder(2, "讲稿", """type="body" idx="1" """, Empty, Place(685800, 4343400, 5486400, 4114800))}</p:spTree></p:cSld><p:clrMap {ColourMap}/></p:notesMaster>""",
            ("theme", "../theme/theme2.xml"));
        zip.Add("ppt/theme/theme1.xml", "officedocument.theme", Theme);
        zip.Add("ppt/theme/theme2.xml", "officedocument.theme", Theme);
    }

    private const string Empty = """<a:p><a:endParaRPr lang="zh-CN"/></a:p>""";

    private static string Place(int x, int y, int width, int height) => $"""<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>""";

    private static string Layout(string type, string name, string shapes)
        => $"""<p:sldLayout {Namespaces}type="{type}"><p:cSld name="{name}"><p:spTree>{Root}{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>""";

    private static string Level(int level, int size)
        => $"""<a:lvl{level}pPr marL="{228600 + (level - 1) * 457200}" indent="-228600" algn="l"><a:lnSpc><a:spcPct val="110000"/></a:lnSpc><a:spcBef><a:spcPts val="800"/></a:spcBef><a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/></a:defRPr></a:lvl{level}pPr>""";

    private static readonly string Master =
        $"""
        <p:sldMaster {Namespaces}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>{Root}{Band}{Holder(2, "标题", """type="title" """, Empty, Place(838200, 365125, 10515600, 1100000))}{Holder(3, "内容", """type="body" idx="1" """, Empty, Place(838200, 1600000, 10515600, 4700000))}</p:spTree></p:cSld><p:clrMap {ColourMap}/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/><p:sldLayoutId id="2147483650" r:id="rId2"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn="l"><a:defRPr sz="3600" b="1"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{Level(1, 2600)}{Level(2, 2200)}{Level(3, 2000)}</p:bodyStyle><p:otherStyle/></p:txStyles></p:sldMaster>
        """;

    /// <summary>A coloured band along the left edge of every slide.</summary>
    private static string Band => $"""<p:sp><p:nvSpPr><p:cNvPr id="9" name="色带"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{Place(0, 0, 300000, 6858000)}<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>""";

    private static string Font(string tag) => $"""<a:{tag}><a:latin typeface="Arial"/><a:ea typeface="微软雅黑"/><a:cs typeface=""/></a:{tag}>""";

    private static string Colours(params (string Name, string Rgb)[] colours) => string.Concat(colours.Select(c => $"""<a:{c.Name}><a:srgbClr val="{c.Rgb}"/></a:{c.Name}>"""));

    private const string Fill = """<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>""";
    private const string Effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";

    private static readonly string Theme =
        $"""
        <a:theme xmlns:a="{Drawing}" name="课堂"><a:themeElements><a:clrScheme name="课堂">{Colours(("dk1", "1F2933"), ("lt1", "FFFFFF"), ("dk2", "1F4E79"), ("lt2", "EEF3F8"), ("accent1", "1F4E79"), ("accent2", "2E6B4F"), ("accent3", "B3541E"), ("accent4", "5B3A78"), ("accent5", "C8A415"), ("accent6", "6B7785"), ("hlink", "0B5CAD"), ("folHlink", "5B3A78"))}</a:clrScheme><a:fontScheme name="课堂">{Font("majorFont")}{Font("minorFont")}</a:fontScheme><a:fmtScheme name="课堂"><a:fillStyleLst>{Fill}{Fill}{Fill}</a:fillStyleLst><a:lnStyleLst><a:ln w="6350">{Fill}</a:ln><a:ln w="12700">{Fill}</a:ln><a:ln w="19050">{Fill}</a:ln></a:lnStyleLst><a:effectStyleLst>{Effect}{Effect}{Effect}</a:effectStyleLst><a:bgFillStyleLst>{Fill}{Fill}{Fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>
        """;
}
