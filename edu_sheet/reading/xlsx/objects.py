"""What lies on a sheet beside its cells: comments, text boxes, pictures, embedded files, charts."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from edu_sheet.reading import limits
from edu_sheet.reading.markup import Element, attribute, children, content, local
from edu_sheet.reading.references import position
from edu_sheet.reading.refusal import Refusal
from edu_sheet.reading.values import cleaned, decoded, own_text
from edu_sheet.reading.xlsx.package import Relation, Workbook
from edu_sheet.reading.xlsx.sheet import Anchor
from edu_sheet.words.book import BookObject, ObjectKind
from edu_sheet.words.place import Place

_TEXTS = ("threadedComment", "comments", "drawing", "vmlDrawing")  # parts that may hold texts
_GRAPHICS = {"chart": ObjectKind.CHART, "chartex": ObjectKind.CHART}
_PLACED = ("from", "to", "pos", "ext", "clientData")  # of an anchor: where it lies, nothing drawn
_VML_SHAPES = ("shape", "rect", "roundrect", "oval", "line", "polyline", "arc", "curve", "image")
_THREAD_AUTHOR = "tc="  # the old comment that Excel keeps beside a threaded one


class Drawings:
    """Collects the objects of one sheet."""

    def __init__(self, workbook: Workbook, sheet: str) -> None:
        self.objects: list[BookObject] = []
        self._workbook = workbook
        self._sheet = sheet
        self._whole = Place(sheet)
        self._shapes: dict[str, Place] = {}  # VML shape id → place

    def read(self, part: str, embedded: Iterable[Anchor]) -> None:
        """Read all that a sheet's relationships lead to; what is gone or broken is noted.

        Refusal if a part is hostile or too large.
        """
        try:
            relations = self._workbook.relations(part)
        except Refusal as refusal:
            self._note(refusal)
            return
        by_kind: dict[str, list[Relation]] = {}
        for relation in relations.values():
            if relation.target in self._workbook.package and not relation.external:
                by_kind.setdefault(relation.kind, []).append(relation)
            elif relation.kind in _TEXTS:
                self._workbook.incomplete.append(self._sheet)
        threaded: set[Place] = set()
        for kind in _TEXTS:
            for relation in by_kind.get(kind, ()):
                found = self._found(kind, relation.target, threaded)
                if kind == "vmlDrawing":  # of a control, what the drawing has said already
                    said = {item.text for item in self.objects if item.text}
                    found = [item for item in found if item.text not in said]
                self.objects += found
                if kind == "threadedComment":
                    threaded |= {item.place for item in found}
        self.objects += self._embedded(relations, embedded)
        controls = (*by_kind.get("control", ()), *by_kind.get("ctrlProp", ()))
        self.objects += [BookObject(ObjectKind.CONTROL, self._whole) for _ in controls]

    def _found(self, kind: str, part: str, threaded: set[Place]) -> list[BookObject]:
        """Return the objects of one part: all that were found before a fault, which is noted."""
        found: list[BookObject] = []
        readers: dict[str, Callable[[], Iterator[BookObject]]] = {
            "threadedComment": lambda: self._threaded(part),
            "comments": lambda: self._comments(part, threaded),
            "drawing": lambda: self._drawing(part),
            "vmlDrawing": lambda: self._vml(part),
        }
        try:
            found.extend(readers[kind]())
        except Refusal as refusal:
            self._note(refusal)
        return found

    def _note(self, refusal: Refusal) -> None:
        """Note a part that is no XML, as Excel's own VML may be; any other refusal stands."""
        if refusal.finding.code != "damaged":
            raise refusal
        self._workbook.broken.append(self._sheet)

    def _at(self, reference: str) -> Place:
        return Place(self._sheet, *position(reference))

    def _comments(self, part: str, threaded: set[Place]) -> Iterator[BookObject]:
        root = self._workbook.tree(part)
        authors = [content(item) for item in children(root, "author")]
        for item in children(root, "comment"):
            index = attribute(item, "authorId")
            known = index.isascii() and index.isdigit() and int(index[:6]) < len(authors)
            author = authors[int(index)] if known else ""
            where = self._at(attribute(item, "ref"))
            if author.startswith(_THREAD_AUTHOR) and where in threaded:
                continue
            text = "".join(content(part) for part in _texts(item))
            yield BookObject(ObjectKind.COMMENT, where, own_text(text, author))

    def _threaded(self, part: str) -> Iterator[BookObject]:
        for item in children(self._workbook.tree(part), "threadedComment"):
            text = "".join(content(part) for part in children(item, "text"))
            where = self._at(attribute(item, "ref"))
            yield BookObject(ObjectKind.THREADED_COMMENT, where, own_text(text, ""))

    # -- drawings

    def _drawing(self, part: str) -> Iterator[BookObject]:
        yield from self._drawn(self._workbook.tree(part), self._whole, self._relations(part))

    def _relations(self, part: str) -> dict[str, str]:
        """Return where a part's relationships lead to inside the package."""
        relations = self._workbook.relations(part)
        package = self._workbook.package
        return {key: one.target for key, one in relations.items() if one.target in package}

    def _drawn(
        self, parent: Element, where: Place, relations: Mapping[str, str]
    ) -> Iterator[BookObject]:
        """Yield what is drawn below an element: anchors, groups and alternatives in any order."""
        for item in parent:
            name = local(item.tag)
            if name.endswith("Anchor"):
                yield from self._drawn(item, self._corner(item), relations)
            elif name == "grpSp":
                yield from self._drawn(item, where, relations)
            elif name == "AlternateContent":
                yield from self._alternatives(item, where, relations)
            elif name not in _PLACED and (found := self._shape(item, where, relations)):
                yield found

    def _alternatives(
        self, parent: Element, where: Place, relations: Mapping[str, str]
    ) -> Iterator[BookObject]:
        """Yield what newer programs show, and of what older ones show only other texts."""
        said = set[str]()
        shown = False
        for branch in parent:
            found = [*self._drawn(branch, where, relations)]
            yield from (one for one in found if not shown or (one.text and one.text not in said))
            shown = shown or bool(found)
            said |= {one.text for one in found}

    def _corner(self, anchor: Element) -> Place:
        start = next(children(anchor, "from"), None)
        if start is None:
            return self._whole
        numbers = {local(item.tag): content(item).strip() for item in start}
        return self._cell(numbers.get("row", ""), numbers.get("col", ""))

    def _cell(self, row: str, column: str) -> Place:
        """Return the place of a row and column counted from 0, the whole sheet if outside."""
        if not (row.isascii() and row.isdigit() and column.isascii() and column.isdigit()):
            return self._whole
        below, right = int(row[:9]) + 1, int(column[:9]) + 1
        if below > limits.ROWS or right > limits.COLUMNS:
            return self._whole
        return Place(self._sheet, below, right)

    def _shape(
        self, item: Element, where: Place, relations: Mapping[str, str]
    ) -> BookObject | None:
        name = local(item.tag)
        if name == "pic":
            return BookObject(ObjectKind.PICTURE, where)  # its description is the program's words
        if name == "graphicFrame":
            return self._graphic(item, where, relations)
        if name == "contentPart":
            return BookObject(ObjectKind.OTHER, where, "手写墨迹")
        text = _paragraphs(item)
        return BookObject(ObjectKind.TEXT_BOX, where, text) if text else None

    def _graphic(self, item: Element, where: Place, relations: Mapping[str, str]) -> BookObject:
        """Return a chart, a diagram or the like, with what a person typed into it."""
        address = next((attribute(data, "uri") for data in children(item, "graphicData")), "")
        kind = _GRAPHICS.get(address.rpartition("/")[2], ObjectKind.OTHER)
        ids = [attribute(ref, "dm") for ref in children(item, "relIds")]
        ids += [attribute(ref, "id") for ref in children(item, "chart")]
        texts = [_paragraphs(item)]
        for part in (relations[one] for one in ids if one in relations):
            texts += [_paragraphs(self._workbook.tree(part)), *self._upon(part)]
        return BookObject(kind, where, "\n".join(filter(None, texts)))

    def _upon(self, chart: str) -> Iterator[str]:
        """Yield the texts of the boxes that a person drew upon a chart."""
        for relation in self._workbook.relations(chart).values():
            drawn = relation.kind == "chartUserShapes"
            if drawn and relation.target in self._workbook.package:
                yield _paragraphs(self._workbook.tree(relation.target))

    # -- VML: comments' boxes, old text boxes, controls, pictures of embedded files

    def _vml(self, part: str) -> Iterator[BookObject]:
        root = self._workbook.tree(part)
        for shape in children(root, *_VML_SHAPES):
            data = next(children(shape, "ClientData"), None)
            kind = attribute(data, "ObjectType") if data is not None else ""
            where = self._vml_place(data)
            self._shapes[attribute(shape, "id").rpartition("_s")[2]] = where
            text = _vml_text(shape)
            if kind != "Note" and text:
                yield BookObject(ObjectKind.TEXT_BOX, where, text)

    def _vml_place(self, data: Element | None) -> Place:
        anchor = next(children(data, "Anchor"), None) if data is not None else None
        numbers = (
            [part.strip() for part in content(anchor).split(",")] if anchor is not None else []
        )
        return self._cell(numbers[2], numbers[0]) if len(numbers) == 8 else self._whole

    # -- embedded files

    def _embedded(
        self, relations: Mapping[str, Relation], anchors: Iterable[Anchor]
    ) -> Iterator[BookObject]:
        wanted = {"oleObject", "package"}
        left = {key: item for key, item in relations.items() if item.kind in wanted}
        for anchor in anchors:
            relation = left.pop(anchor.relation, None)
            if relation is None:
                continue  # the same object again, as older programs want it listed
            where = self._shapes.get(anchor.shape, self._whole)
            if len(anchor.corner) >= 2:
                where = self._cell(str(anchor.corner[1]), str(anchor.corner[0]))
            yield self._file(relation, where, anchor.program)
        for relation in left.values():
            yield self._file(relation, self._whole, "")

    def _file(self, relation: Relation, where: Place, program: str) -> BookObject:
        name = relation.target.rpartition("/")[2]
        return BookObject(ObjectKind.EMBEDDED, where, f"{program} {name}".strip())


def _texts(comment: Element) -> Iterator[Element]:
    """Yield the texts of a comment, without phonetic runs."""
    for box in children(comment, "text"):
        for run in box:
            if local(run.tag) == "t":
                yield run
            elif local(run.tag) == "r":
                yield from children(run, "t")


def _paragraphs(item: Element) -> str:
    lines = (
        "".join(
            "\n" if local(part.tag) == "br" else part.text or ""
            for part in children(paragraph, "t", "br")
        )
        for paragraph in children(item, "p")
    )
    return cleaned(decoded("\n".join(lines)))[0].strip()


def _vml_text(shape: Element) -> str:
    drawn = [attribute(path, "string") for path in children(shape, "textpath")]  # WordArt
    box = next(children(shape, "textbox"), None)
    if box is None:
        return cleaned("\n".join(filter(None, drawn)))[0].strip()
    for part in box.iter():
        block = "\n" if local(part.tag) in ("div", "p") else ""
        part.text, part.tail = (
            block + (said or "").replace("\n", "") for said in (part.text, part.tail)
        )
    lines = [*content(box).split("\n"), *drawn]
    return cleaned("\n".join(filter(None, lines)))[0].strip()
