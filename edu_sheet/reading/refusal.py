"""Why a file is not read. Raised inside this room only; `read` turns it into a finding."""

from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, Value
from edu_sheet.words.place import Place


class Refusal(Exception):  # noqa: N818 - no error: what others sent is refused, not the operator's
    """A file, or a part of it, that cannot be read or must not be."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def damaged(fault: str, place: Place | None = None, **about: Value) -> Refusal:
    """Return the refusal of a file that is broken: `fault` says how."""
    return Refusal(note("damaged", place, fault=fault, **about))


def too_large(fault: str, place: Place | None = None, **about: Value) -> Refusal:
    """Return the refusal of a file that is larger than any form."""
    return Refusal(note("too_large", place, fault=fault, **about))


def hostile(fault: str, place: Place | None = None, **about: Value) -> Refusal:
    """Return the refusal of a file that is built to do harm, or looks so."""
    return Refusal(note("hostile", place, fault=fault, **about))
