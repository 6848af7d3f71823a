"""What becomes of an input: asked of the functions that the reader asks, and judged.

read, waits or refused, with the code of what was found; anything that is raised beside a refusal
is a bug, and so is an answer that does not pass from the reader, or says nothing, or a text that
is neither under its own unit and task nor told.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import Any

from edu_sheet import reading
from edu_sheet.check import (
    Checked,
    Identified,
    Issued,
    Known,
    Ruling,
    Sender,
    examine,
    identify,
    weighed,
)
from edu_sheet.check.examine import Grounds, Seen
from edu_sheet.kit.data import decode, encode
from edu_sheet.kit.reader.frames import Fault, result_of
from edu_sheet.master.base import Base
from edu_sheet.master.merging.clerk import CannotMergeError, open_clerk, read_clerk
from edu_sheet.plan.changes import loaded
from edu_sheet.plan.documents import read_issued
from edu_sheet.sentences import sentence
from edu_sheet.words.book import Book
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Finding
from edu_sheet.words.returns import Verdict
from tests.support.builders import moment, small_plan
from tests.support.fuzz.corpus import Corpus, Sample

_TOKEN = re.compile(r"〔\d\d\w+〕")
_STRING = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_CELL = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")? t="s"(?: s="\d+")?><v>(\d+)</v></c>')
_INLINE = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")? t="inlineStr"><is><t>([^<]*)</t></is></c>')
_PLANS = {"docx": "方案.docx", "md": "方案.md", "plan": "方案.xlsx"}
_FORMS = frozenset({"xlsx", "xlsm", "xls", "ods", "fods", "csv", "gzip", "encrypted"})


class BadAnswerError(AssertionError):
    """An answer that must not be, though nothing was raised."""


class Desk:
    """What the ledger knows, and the reader's functions beside it."""

    def __init__(self, corpus: Corpus) -> None:
        self._issued = Issued(corpus.index, corpus.plan_id, corpus.secret)
        self._issues = dict(corpus.issues)
        self._owners = {token: (unit, task) for token, unit, task in corpus.owners}
        self._base = corpus.base
        self._unchanged = {data for one in corpus.samples for data in (one.data, *one.inside)}

    def answer(self, sample: Sample, data: bytes) -> str:
        """Return what becomes of an input that was made of a sample; a bug is raised."""
        if sample.kind in _PLANS:
            return self._plan(read_issued, data, _PLANS[sample.kind])
        if sample.kind == "workbook":
            return self._plan(loaded, data, "分工方案.xlsx")
        if sample.kind == "master":
            return self._master(data)
        shown = self._passed(examine.seen, data)
        if not shown.container:
            return self._form(shown, data)
        if sample.kind in ("eml", "mbox"):
            self._passed(reading.outline, data)
            self._passed(reading.heads, reading.joined([data[:2_000], data]))
        return self._container(data)

    # ------------------------------------------------------------ kinds

    def _plan(self, work: Any, data: bytes, name: str) -> str:
        try:
            self._passed(work, data, name)
        except EduSheetError as error:
            fault = Fault(type(error).__name__, error.message, error.hint, error.next)
            encode(Fault, fault)
            return f"refused {type(error).__name__}"
        return "read"

    @cached_property
    def _written(self) -> Base:
        return Base.load(self._base)

    def _master(self, data: bytes) -> str:
        plan = small_plan()
        try:
            clerk = read_clerk(open_clerk(data), self._written, plan.columns, frozenset())
            clerk.ours()
        except CannotMergeError:
            return "refused CannotMerge"
        return "read"

    def _container(self, data: bytes) -> str:
        listed = self._passed(reading.listed, data)
        for found in listed.findings:
            sentence(found)
        outcomes = []
        for place, one in enumerate(listed.members):
            inner = self._passed(reading.member, b"", place)
            text = one.kind in reading.LETTERS
            if (
                text or one.kind in _FORMS
            ) and inner not in self._unchanged:  # else it is read elsewhere
                outcomes.append(self._form(self._passed(examine.seen, inner), inner))
        if not listed.members and not listed.findings:
            return "empty"
        if not listed.members:
            return f"refused {listed.findings[0].code}"
        return "read" if "read" in outcomes or not outcomes else outcomes[0]

    def _form(self, shown: Seen, data: bytes) -> str:
        book: Book = examine._open[0]
        if not shown.readable and not shown.findings:
            raise BadAnswerError("refused without a word")
        given = self._passed(examine.checked, b"", self._grounds(shown))
        said = [sentence(one) for one in given.findings]
        if given.verdict is not Verdict.ACCEPTED and not any(said):
            raise BadAnswerError("waits without a word")
        if given.entries:
            self._account(given, said, book, data)
        if not shown.readable:
            return f"refused {shown.findings[0].code}"
        return "read" if given.verdict is Verdict.ACCEPTED else f"waits {_grave(given.findings)}"

    def _grounds(self, shown: Seen) -> Grounds:
        arrived: datetime = moment("2022-12-30T09:00")
        identified = weighed(identify(shown.signals, self._issued), Sender())
        if not shown.readable:
            identified = Identified()
        elif shown.other and not identified.unit:
            identified = Identified(findings=(shown.other,))
        known = identified.unit and identified.period
        issues = self._issues.get(identified.unit or "", ()) if known else ()
        return Grounds(identified, arrived, arrived, Ruling(), issues, Known())

    def _passed(self, work: Any, data: bytes, *options: Any) -> Any:
        """Return a result as it arrives at the reader's parent."""
        found = work(data, *options)
        if isinstance(found, bytes):
            return found
        arrived = decode(result_of(work), encode(result_of(work), found))
        if arrived != found:
            raise BadAnswerError(f"{work.__name__}: another answer arrives")
        return arrived

    # ------------------------------------------------------------ texts

    def _account(self, given: Checked, said: Sequence[str], book: Book, data: bytes) -> None:
        """Hold that each text stands under its own unit and task, or is told."""
        taken = set[str]()
        for entry in given.entries:
            for token in self._tokens(entry.text):
                taken.add(token)
                unit, task = self._owners[token]
                if unit != entry.unit or (task != entry.task and not _says(book, entry, task)):
                    where = f"{entry.unit} {entry.task} at {entry.place}"
                    raise BadAnswerError(f"WRONG: {unit} {task} stands under {where}")
        told = "\n".join((*said, *(str(one.about) for one in given.findings)))
        held = {token for text in _texts(book) for token in self._tokens(text)}
        held |= {token for text in _plain_cells(data) for token in self._tokens(text)}
        if lost := sorted(held - taken - {*self._tokens(told)}):
            raise BadAnswerError(f"LOST: {', '.join(lost)}")

    def _tokens(self, text: str) -> list[str]:
        return [token for token in _TOKEN.findall(text) if token in self._owners]


def _says(book: Book, entry: Any, own: str) -> bool:
    """Return whether the file itself says so: the row bears that task's key, or no key of the own."""
    name, _, cell = entry.place.rpartition("!")
    row = int(re.sub(r"\D", "", cell) or 0)
    sheet = next((one for one in book.sheets if one.name == name), None)
    if sheet is None:
        return False
    keys = {one.text.strip() for (line, _), one in sheet.cells.items() if line == row}
    return entry.task in keys or own not in keys


def _texts(book: Book) -> Iterator[str]:
    for sheet in book.sheets:
        yield from (cell.text for cell in sheet.cells.values())
        yield from (one.text for one in sheet.objects)
    yield from (one.text for one in book.objects)


def _plain_cells(data: bytes) -> Iterator[str]:
    """Yield the texts of cells that stand in an xlsx as plainly as can be, read by another way."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            sheet = opened.read("xl/worksheets/sheet1.xml")
            shared = "xl/sharedStrings.xml"
            strings = _STRING.findall(opened.read(shared) if shared in opened.namelist() else b"")
    except Exception:  # noqa: BLE001 - it is another's to say what is wrong with it
        return
    if b"<!" in sheet or b"<mc:" in sheet:
        return
    yield from (one.decode("utf-8", "replace") for one in _INLINE.findall(sheet))
    for place in map(int, _CELL.findall(sheet)):
        if place < len(strings):
            yield strings[place].decode("utf-8", "replace")


def _grave(findings: Sequence[Finding]) -> str:
    first = sorted(findings, key=lambda one: one.severity.value != "error")
    return first[0].code if first else ""
