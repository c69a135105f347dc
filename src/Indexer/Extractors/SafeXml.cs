using System.Xml;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>The only way to read XML that came from outside: no DTD, no entities, nothing fetched.</summary>
internal static class SafeXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        // Word writes control characters as references now and then; text with them is still text.
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    /// <summary>A reader that stands on the root element.</summary>
    /// <exception cref="UnreadableException">The document brings a DTD: no office program writes one, entity bombs and external entities do.</exception>
    public static XmlReader Open(Stream xml)
    {
        var reader = XmlReader.Create(xml, Settings);
        try
        {
            reader.MoveToContent();
            return reader;
        }
        // A DTD can only stand before the root, and this is the one message for it: programs run in the invariant culture.
        catch (XmlException refused) when (refused.Message.Contains("DTD", StringComparison.Ordinal))
        {
            reader.Dispose();
            throw new UnreadableException(Reasons.Bomb);
        }
    }
}
