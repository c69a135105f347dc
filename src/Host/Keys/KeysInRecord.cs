using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using ResourceHub.Core.Keys;

namespace ResourceHub.Host.Keys;

/// <summary>Keeps the keys of sessions and forms in the record, where every process of the hub finds them.</summary>
internal sealed class KeysInRecord(SharedKeys keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All(SharedKeys.Protection).Select(Read)];

    public void StoreElement(XElement element, string friendlyName)
        => keys.GetOrAdd(SharedKeys.Protection + friendlyName, () => element.ToString(SaveOptions.DisableFormatting));

    private static XElement Read(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }
}
