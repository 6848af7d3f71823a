"""ods → Book. What a person sees is what the file says in text:p; nothing is computed."""

from edu_sheet.reading import limits, refused
from edu_sheet.reading.markup import Budget, Element, attribute, children, content, events, tree
from edu_sheet.reading.ods.content import ContentEvents
from edu_sheet.reading.package import Package
from edu_sheet.reading.refusal import damaged
from edu_sheet.reading.values import cleaned, moment
from edu_sheet.sentences import note
from edu_sheet.words.book import Book
from edu_sheet.words.findings import Finding

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"


def read(data: bytes) -> Book:
    """Return the workbook. Refusal if it is damaged, encrypted, hostile or too large."""
    package = Package(data)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise refused.encrypted_ods()
    charts = frozenset(
        name.removesuffix("/content.xml")
        for name in package.names
        if name.endswith("/content.xml") and b"office:chart" in package.read(name)
    )
    budget = Budget(limits.INFLATED_BYTES, limits.TAGS, limits.CHILD_SECONDS)
    trees = Budget(limits.INFLATED_BYTES, limits.TREE_TAGS, limits.CHILD_SECONDS)
    found = ContentEvents(charts)
    events(package.markup(_CONTENT), found, budget)
    if not found.sheets:
        raise damaged("no_sheets")
    meta = tree(package.markup(_META), trees) if _META in package else None
    dated = next(children(meta, "date"), None) if meta is not None else None
    return Book(
        "ods",
        tuple(found.sheets),
        properties=_properties(meta),
        names=found.names,
        modified=moment(content(dated)) if dated is not None else None,
        findings=tuple(_findings(package, found)),
    )


def _properties(meta: Element | None) -> dict[str, str]:
    if meta is None:
        return {}
    return {
        attribute(item, "name"): cleaned(content(item))[0]
        for item in children(meta, "user-defined")
    }


def _findings(package: Package, found: ContentEvents) -> list[Finding]:
    findings = []
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        findings.append(note("macro"))
    if found.linked:
        findings.append(note("external_link"))
    return findings
