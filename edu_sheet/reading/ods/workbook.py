"""ods → Book. What a person sees is what the file says in text:p; nothing is computed."""

from collections.abc import Iterable
from dataclasses import replace

from edu_sheet.reading import limits, refused
from edu_sheet.reading.markup import Budget, events
from edu_sheet.reading.ods.content import ContentEvents
from edu_sheet.reading.ods.signals import SignalEvents
from edu_sheet.reading.package import Package
from edu_sheet.reading.refusal import Refusal, damaged, too_large
from edu_sheet.reading.values import moment
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, BookObject, ObjectKind
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_SIGNALS = ("meta.xml", "styles.xml")


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
    budget = Budget(limits.INFLATED_BYTES, limits.TAGS)
    found, signals = ContentEvents(charts), SignalEvents()
    events(package.markup(_CONTENT), found, budget)
    findings = _findings(package.names, found)
    for part in _SIGNALS:
        if part in package and not _heard(package.markup(part), signals, budget):
            findings.append(note("properties_damaged"))
    return _book(found, signals, findings)


def read_flat(data: bytes) -> Book:
    """Return the workbook that one XML file holds as a whole (.fods). Refusal as in `read`."""
    if len(data) > limits.CSV_BYTES:
        raise too_large("xml_over_10_mb")
    budget = Budget(limits.INFLATED_BYTES, limits.TAGS)
    found, signals = ContentEvents(frozenset()), SignalEvents()
    events((data,), found, budget)
    events((data,), signals, budget)
    return _book(found, signals, _findings((), found))


def _heard(chunks: Iterable[bytes], signals: SignalEvents, budget: Budget) -> bool:
    """Let signals be read; return whether they can be: the cells do not need them."""
    try:
        events(chunks, signals, budget)
    except Refusal as refusal:
        if refusal.finding.code != "damaged":
            raise
        return False
    return True


def _book(found: ContentEvents, signals: SignalEvents, findings: Iterable[Finding]) -> Book:
    if not found.sheets:
        raise damaged("no_sheets")
    sheets = []
    for sheet in found.sheets:
        texts = dict.fromkeys(signals.page_texts.get(found.masters.get(sheet.name, ""), ()))
        printed = (BookObject(ObjectKind.PAGE_TEXT, Place(sheet.name), text) for text in texts)
        sheets.append(replace(sheet, objects=(*sheet.objects, *printed)))
    return Book(
        "ods",
        tuple(sheets),
        properties=signals.properties,
        names=found.names,
        modified=moment(signals.modified),
        findings=tuple(findings),
    )


def _findings(names: Iterable[str], found: ContentEvents) -> list[Finding]:
    findings: list[Finding] = []
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        findings.append(note("macro"))
    if found.linked:
        findings.append(note("external_link"))
    return findings
