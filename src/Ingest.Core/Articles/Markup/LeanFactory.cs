using AngleSharp;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Text;

namespace Ingest.Core.Articles.Markup;

/// <summary>What AngleSharp's tree builder makes its nodes with.</summary>
internal sealed class LeanFactory(int maxDepth) : IDomConstructionElementFactory<LeanDocument, LeanElement>
{
    public LeanDocument CreateDocument(TextSource source, IBrowsingContext? context = null) => new(source, new TreeLimits(maxDepth));

    public LeanElement Create(LeanDocument document, StringOrMemory localName, StringOrMemory prefix = default, NodeFlags flags = NodeFlags.None) => Make(document, localName);

    public LeanElement CreateUnknown(LeanDocument document, StringOrMemory tagName) => Make(document, tagName);

    public LeanElement CreateNoScript(LeanDocument document, bool scripting) => Make(document, "noscript");

    public IConstructableMetaElement CreateMeta(LeanDocument document) => Make(document, "meta");

    public IConstructableFrameElement CreateFrame(LeanDocument document) => Make(document, "frame");

    public IConstructableTemplateElement CreateTemplate(LeanDocument document) => new LeanTemplate(document, LeanTag.OfHtml(document, "template"));

    public IConstructableFormElement CreateForm(LeanDocument document) => Make(document, "form");

    public IConstructableScriptElement CreateScript(LeanDocument document, bool parserInserted, bool started) => new LeanScript(document, LeanTag.OfHtml(document, "script"));

    public IConstructableMathElement CreateMath(LeanDocument document, StringOrMemory name = default) => new LeanElement(document, LeanTag.OfMath(document, name.Memory.Span));

    public IConstructableSvgElement CreateSvg(LeanDocument document, StringOrMemory name = default) => new LeanElement(document, LeanTag.OfSvg(document, name.Memory.Span));

    // Of all there can be, a document type is the one node that nobody reads.
    public IConstructableNode CreateDocumentType(LeanDocument document, StringOrMemory name, StringOrMemory publicIdentifier, StringOrMemory systemIdentifier) => new LeanText(default);

    private static LeanElement Make(LeanDocument document, StringOrMemory name) => new(document, LeanTag.OfHtml(document, name.Memory.Span));
}
