"""xlsx and xlsm → Book: the workbook, its sheets, signals and what lies beside the cells.

An own reader, for what a clerk's answer may hide in is shown by no library as a whole: threaded
comments, text boxes, embedded files; and each of them can be stopped by one hostile cell
(docs/returns.md). Parts are found through their relationships, elements by their local names.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from edu_sheet.reading import limits, values
from edu_sheet.reading.markup import (
    Budget,
    Element,
    FilledCells,
    attribute,
    children,
    content,
    events,
)
from edu_sheet.reading.package import Package
from edu_sheet.reading.refusal import Refusal, damaged, hostile
from edu_sheet.reading.values import cleaned, decoded, moment, truth
from edu_sheet.reading.xlsx import plain as xlsx_plain
from edu_sheet.reading.xlsx.objects import Drawings
from edu_sheet.reading.xlsx.package import Relation, Workbook
from edu_sheet.reading.xlsx.sheet import Shared, SheetEvents
from edu_sheet.reading.xlsx.styles import Styles
from edu_sheet.reading.xlsx.text import Rich, SharedStrings
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, BookObject, ObjectKind, Sheet
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place

_STATES = {"hidden": "hidden", "veryHidden": "veryHidden"}


def read(data: bytes, kind: str = "xlsx") -> Book:
    """Return the workbook. Refusal if it is damaged, hostile or too large."""
    workbook = Workbook(Package(data))
    root = workbook.relations("")
    main = workbook.main()
    if main is None:
        raise damaged("workbook_missing")
    tree_of_book = workbook.tree(main)
    relations = workbook.relations(main)
    shared = _shared(workbook, relations, date1904=_date1904(tree_of_book))
    sheets = tuple(_sheets(workbook, tree_of_book, relations, shared))
    if not sheets:
        raise damaged("no_sheets")
    properties, modified = _properties(workbook, root), _modified(workbook, root)
    return Book(
        kind,
        sheets,
        properties=properties,
        names=_constants(tree_of_book),
        modified=modified,
        findings=tuple(_findings(workbook, relations, shared)),
    )


def _date1904(book: Element) -> bool:
    return any(truth(attribute(item, "date1904")) for item in children(book, "workbookPr"))


def _shared(workbook: Workbook, relations: Mapping[str, Relation], *, date1904: bool) -> Shared:
    strings: list[Rich] = []
    styles, missing = Styles(), set[str]()
    for relation in relations.values():
        if relation.target not in workbook.package:
            continue  # the cells that need it will say so
        if relation.kind == "sharedStrings":
            strings += _strings(workbook, relation.target)
        elif relation.kind == "styles":
            try:
                styles = _styles(workbook, relation.target)
            except Refusal as refusal:
                if refusal.finding.code != "damaged":
                    raise
                missing.add("styles")  # the texts need none
    return Shared(strings, styles, date1904, missing=missing)


def _styles(workbook: Workbook, part: str) -> Styles:
    if workbook.package.size(part) <= limits.KNOWN_BYTES:
        return _known_styles(b"".join(workbook.package.markup(part)))
    styles = Styles()
    events(workbook.package.markup(part), styles, workbook.budget)
    return styles


@lru_cache(maxsize=16)  # the returns that one program saved have the same
def _known_styles(data: bytes) -> Styles:
    styles = Styles()
    budget = Budget(2 * limits.KNOWN_BYTES, limits.TAGS)
    events((data,), styles, budget)
    return styles


def _strings(workbook: Workbook, part: str) -> list[Rich]:
    chunks: Iterable[bytes] = workbook.package.markup(part)
    if workbook.package.size(part) <= limits.PLAIN_BYTES:
        whole = b"".join(chunks)
        if (plain := xlsx_plain.strings(whole)) is not None:
            return plain
        chunks = (whole,)
    found = SharedStrings()
    events(chunks, found, workbook.budget)
    return found.strings


# ---------------------------------------------------------------- sheets


def _sheets(
    workbook: Workbook, book: Element, relations: Mapping[str, Relation], shared: Shared
) -> Iterator[Sheet]:
    seen: set[str] = set()
    for item in children(book, "sheet"):
        name = values.name(decoded(attribute(item, "name")))
        relation = relations.get(attribute(item, "id"))
        if relation is None or relation.target not in workbook.package:
            raise damaged("sheet_missing", Place(name), sheet=name)
        if name in seen or relation.target in seen:
            raise hostile("sheet_twice", Place(name), sheet=name)
        seen |= {name, relation.target}
        state = _STATES.get(attribute(item, "state"), "visible")
        yield _sheet(workbook, name, state, relation, shared)


def _sheet(workbook: Workbook, name: str, state: str, relation: Relation, shared: Shared) -> Sheet:
    part = relation.target
    found = _cells(workbook, part, name, shared)
    drawings = Drawings(workbook, name)
    drawings.read(part, found.embedded)
    objects = (*found.objects, *drawings.objects)
    if relation.kind == "chartsheet":
        objects = objects or (BookObject(ObjectKind.CHART, Place(name)),)
    return Sheet(
        name,
        found.cells,
        state,
        tuple(found.merges),
        frozenset(found.hidden_rows),
        frozenset(found.hidden_columns),
        objects,
    )


def _cells(workbook: Workbook, part: str, name: str, shared: Shared) -> SheetEvents:
    """Return what a sheet's part says.

    Blank cells are left out at first: where a cell that does not name its place needs them to find
    it, the part is read again as a whole.
    """
    found = SheetEvents(name, shared)
    chunks = FilledCells(_without_plain_cells(workbook, part, found))
    events(chunks, found, workbook.budget)
    if found.implicit and chunks.shortened:
        found = SheetEvents(name, shared)
        events(workbook.package.markup(part), found, workbook.budget)
    return found


def _without_plain_cells(workbook: Workbook, part: str, sheet: SheetEvents) -> Iterable[bytes]:
    """Let a sheet take its plain cells; return what is left of the part for the parser."""
    chunks = workbook.package.markup(part)
    if workbook.package.size(part) > limits.PLAIN_BYTES:
        return chunks
    whole = b"".join(chunks)
    rest, cells = xlsx_plain.take_cells(whole)
    if not sheet.take(cells):
        return (whole,)
    return (rest,)


# ---------------------------------------------------------------- signals


def _constants(book: Element) -> dict[str, str]:
    """Return the defined names that stand for a text."""
    found = {}
    for item in children(book, "definedName"):
        text = content(item).strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            found[attribute(item, "name")] = cleaned(text[1:-1].replace('""', '"'))[0]
    return found


def _properties(workbook: Workbook, root: Mapping[str, Relation]) -> dict[str, str]:
    return {
        attribute(item, "name"): cleaned(decoded(content(item)))[0]
        for tree in _signals(workbook, root, "custom-properties")
        for item in children(tree, "property")
    }


def _modified(workbook: Workbook, root: Mapping[str, Relation]) -> datetime | None:
    found = (
        item
        for tree in _signals(workbook, root, "core-properties")
        for item in children(tree, "modified")
    )
    dated = next(found, None)
    return moment(content(dated)) if dated is not None else None


def _signals(workbook: Workbook, root: Mapping[str, Relation], kind: str) -> Iterator[Element]:
    """Yield the properties of a kind; those that cannot be read are noted, for the cells can be."""
    for relation in root.values():
        if relation.kind != kind or relation.target not in workbook.package:
            continue
        try:
            yield workbook.tree(relation.target)
        except Refusal as refusal:
            if refusal.finding.code != "damaged":
                raise
            workbook.damaged_properties = True


def _findings(
    workbook: Workbook, relations: Mapping[str, Relation], shared: Shared
) -> Iterator[Finding]:
    kinds = {relation.kind for relation in relations.values()}
    names = [name.lower() for name in workbook.package.names]
    projects = any(name.endswith("vbaproject.bin") for name in names)
    if projects or any("macrosheet" in kind.lower() for kind in kinds):
        yield note("macro")
    if kinds & {"externalLink", "connections"}:
        yield note("external_link")
    if "styles" in shared.missing:
        yield note("styles_missing")
    if workbook.damaged_properties:
        yield note("properties_damaged")
    for sheet in dict.fromkeys(workbook.incomplete):
        yield note("objects_missing", Place(sheet))
    for sheet in dict.fromkeys(workbook.broken):
        yield note("objects_unreadable", Place(sheet))
