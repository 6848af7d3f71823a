"""What makes a form this form: the digest of its locked cells, the signed token, 表单编号. Pure.

A token reads `plan|version|unit|period|digest|signature`. The signature shows an edited unit or a
stale version; it does not prove who typed.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from edu_sheet.kit.pieces import characters
from edu_sheet.words.errors import PeriodError, PlanError
from edu_sheet.words.forms import Identity
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.text import bare

TOKEN_LIMIT = 255  # UTF-16 units: a custom document property and a string in a name hold no more
_HEX = 32  # hex digits kept of a digest and of a signature: 128 bits
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # base32 without 0, O, 1 and I
_NUMBER_LETTERS = 8
NUMBER_PATTERN = rf"\d{{4}}(?:-\d{{2}}|Q[1-4])-[{_LETTERS}]{{{_NUMBER_LETTERS}}}"  # of a 表单编号
_WHOLE = re.compile(r"(\d+)\.0+")
_DIGEST = re.compile(rf"[0-9a-f]{{{_HEX}}}")


def digest(unit: str, period: Period, table: Iterable[Sequence[str]]) -> str:
    """Return the hash of a form's locked cells as 32 hex digits.

    `table` holds the header row and the rows of tasks, with role and key, but without the columns
    that are filled in. Cells are compared by `normalised`, so that saving in another program
    changes nothing. Title, due date, 填报说明 and the sheets of earlier texts are no part of it: a
    form reissued after one of these changed keeps its identity, and copies of it that are already
    out are still collected.
    """
    head = json.dumps([normalised(unit), str(period)], ensure_ascii=False)
    said = f"{head[:-1]}, [{', '.join(_row(tuple(row)) for row in table)}]]"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_HEX]


@lru_cache(maxsize=1024)  # the same tasks stand in the forms of many units
def _row(texts: tuple[str, ...]) -> str:
    return json.dumps([normalised(text) for text in texts], ensure_ascii=False)


def normalised(text: str) -> str:
    """Return a locked cell's text for comparison: NFKC, no white space, 1.0 as 1."""
    clean = bare(text)
    whole = _WHOLE.fullmatch(clean)
    return whole[1] if whole else clean


def sign(identity: Identity, secret: bytes) -> str:
    """Return the signed token of an identity; PlanError if the unit's name is too long for it."""
    said = _said(identity)
    token = f"{said}|{_signature(said, secret)}"
    if characters(token) > TOKEN_LIMIT:
        raise PlanError(
            f"单位名称过长：{identity.unit[:30]}…",
            "请在 分工方案.xlsx 的“单位名录”里改用 100 字以内的名称。",
        )
    return token


@lru_cache(maxsize=16)  # a form says it three times
def parse_token(text: str) -> Identity | None:
    """Return the identity that a token names, whoever signed it; None if it is no token."""
    parts = text.strip().split("|")
    if len(parts) < 6 or not _DIGEST.fullmatch(parts[-2]):
        return None
    version, unit = parts[1], "|".join(parts[2:-3])
    if not (version.isascii() and version.isdigit() and len(version) < 10 and unit):
        return None
    try:
        period = parse_period(parts[-3])
    except PeriodError:
        return None
    return Identity(parts[0], int(version), unit, period, parts[-2])


@lru_cache(maxsize=16)
def genuine(token: str, secret: bytes) -> bool:
    """Return whether a token was signed with this secret, and not changed since."""
    said, _, signature = token.strip().rpartition("|")
    expected = _signature(said, secret)
    return hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode("ascii"))


def form_number(identity: Identity, secret: bytes) -> str:
    """Return the 表单编号 that people see and can type: 2022-12-K7Q2M9XD."""
    value = int.from_bytes(_hmac(f"number|{_said(identity)}", secret)[:_NUMBER_LETTERS], "big")
    letters = "".join(_LETTERS[value >> (5 * place) & 31] for place in range(_NUMBER_LETTERS))
    return f"{identity.period}-{letters}"


def _said(identity: Identity) -> str:
    return "|".join(identity.parts)


def _signature(said: str, secret: bytes) -> str:
    return _hmac(said, secret).hex()[:_HEX]


def _hmac(said: str, secret: bytes) -> bytes:
    return hmac.new(secret, said.encode("utf-8", "replace"), hashlib.sha256).digest()
