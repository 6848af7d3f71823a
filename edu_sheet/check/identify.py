"""Whose form is it, and of which period: the signals of a return against what was issued. Pure.

Two signals that agree are enough; one weak one is enough with a warning; a contradiction is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edu_sheet import form
from edu_sheet.check.unit_name import may_name, named, shortened
from edu_sheet.form import Signal, Source
from edu_sheet.sentences import note
from edu_sheet.words.errors import PeriodError
from edu_sheet.words.findings import Finding, Severity, Value
from edu_sheet.words.period import Period, parse_period, period_in
from edu_sheet.words.place import Place
from edu_sheet.words.text import bare, tidy, visible

# (id, period, unit, 表单编号, version) of every issued form, oldest first.
Index = Iterable[tuple[int, str, str, str, int]]


@dataclass(frozen=True, slots=True)
class Identified:
    """What the signals say: known if nothing is missing and nothing contradicts."""

    unit: str | None = None
    period: Period | None = None
    version: int | None = None  # None: the newest
    issue: int | None = None  # the copy that it was, where the metadata sheet names one
    findings: tuple[Finding, ...] = ()
    forced: bool = False
    stranger: bool = False  # it came from an address that is not known for the unit's
    foreign: frozenset[str] = frozenset()  # the sheets on which another unit's name stands

    @property
    def known(self) -> bool:
        """Whether it is certain enough to take texts from it."""
        return bool(self.unit and self.period) and not any(
            finding.severity is Severity.ERROR for finding in self.findings
        )


@dataclass(frozen=True, slots=True)
class _Claim:
    source: Source
    place: Place
    unit: str | None = None
    period: Period | None = None
    version: int | None = None
    loose: bool = False  # the unit is no name or alias that is known
    said: str = ""  # what stands for it there, with the white space that tells names apart
    shared: frozenset[str] = frozenset()  # every name of the units that the name may mean


_STRONG = (Source.PROPERTY, Source.META, Source.NAME, Source.NUMBER)
_ENOUGH = 2  # strong signals that agree, to go on beside a 填报单位 that is unclear


def identify(
    found: Sequence[Signal], desk: "Issued", *, forced: tuple[str, Period] | None = None
) -> Identified:
    """Return whose form the signals say that it is; `forced` is what a person decided."""
    claims, findings = desk.claims(found)
    if forced:
        same = [claim for claim in claims if (claim.unit, claim.period) == forced]
        version = next((claim.version for claim in same), None)
        told = note("assigned", unit=forced[0], period=forced[1])
        foreign = desk.foreign(claims, forced[0])
        copy = desk.copy(found, forced)
        return Identified(*forced, version, copy, (told,), forced=True, foreign=foreign)
    every = claims
    claims, unclear = desk.settled(claims)
    findings += [*unclear, *_contradictions(claims)]
    unit = next((one.unit for one in claims if one.unit), None)
    period = next((one.period for one in claims if one.period), None)
    version = next((one.version for one in claims if one.version), None)
    unit = None if _differing(claims, "unit") else unit
    period = None if _differing(claims, "period") else period
    if unit and period:
        unit = desk.as_issued(unit, period)
    if not any(finding.severity is Severity.ERROR for finding in findings):
        findings += desk.doubts(found, claims, unit, period)
    if any(one.code == "shared_name" for one in findings):
        unit = None
    issue = desk.copy(found, (unit, period)) if unit and period else None
    foreign = desk.foreign(every, unit) if unit else frozenset()
    return Identified(unit, period, version, issue, tuple(findings), foreign=foreign)


class Issued:
    """What was issued, and the key that signed it: made once for all returns."""

    def __init__(
        self,
        index: Index,
        plan_id: str,
        secret: bytes,
        spellings: Mapping[str, str] | None = None,
        shared: Mapping[str, frozenset[str]] | None = None,
        recorded: frozenset[str] = frozenset(),
    ) -> None:
        """`spellings`: names, names of before and aliases, each with the key of its unit.

        `shared`: names that several units bear or bore, each with all names of these units.
        `recorded`: tokens that are told by the record, for the key that signed them is lost.
        """
        self._plan_id = plan_id
        self._secret, self._recorded = secret, recorded
        self._issued: dict[tuple[str, str], tuple[str, str]] = {}  # (unit, period), once
        self._units: dict[str, str] = {}  # bare name or alias → name that was issued
        self._numbers: dict[str, tuple[int, int]] = {}  # 表单编号 → id, version
        self._copies: dict[int, tuple[str, str]] = {}  # id → (unit, period)
        for copy, period, unit, number, version in index:
            owner = self._issued.setdefault((unit, period), (unit, period))
            self._units[bare(unit)] = owner[0]
            self._numbers[number] = copy, version
            self._copies[copy] = owner
        self._shared = {bare(name): names for name, names in (shared or {}).items()}
        self._keys = {
            said: key
            for said, key in (spellings or {}).items()
            if not any(said in names for names in self._shared.values())
        }
        self._spellings: dict[str, set[str]] = {}  # of the unit with that key
        for said, key in self._keys.items():
            if key:
                self._spellings.setdefault(key, set()).add(said)
        last = {self._keys[unit]: unit for unit in self._units.values() if unit in self._keys}
        for spelling, key in self._keys.items():
            if key in last:
                self._units.setdefault(bare(spelling), last[key])

    @property
    def units(self) -> Mapping[str, str]:
        """The names under which forms were issued, by the bare spelling of names and aliases."""
        return self._units

    def claims(self, found: Sequence[Signal]) -> tuple[list[_Claim], list[Finding]]:
        """Return what each signal says, and what is wrong with a token itself."""
        claims: list[_Claim] = []
        wrong: dict[str, Finding] = {}
        for signal in found:
            if signal.source in (Source.PROPERTY, Source.META, Source.NAME):
                if finding := self._fault(signal):
                    wrong.setdefault(finding.code, finding)
                else:
                    claims.extend(self._signed(signal))
            elif signal.source is Source.NUMBER:
                claims.extend(self._numbered(signal))
            elif signal.source is Source.UNIT:
                if name := named(signal.text, {one: one for one in self._shared}):
                    several = self._shared[name]
                    claims.append(_Claim(signal.source, signal.place, name, shared=several))
                    continue
                unit = named(signal.text, self._units)
                said = unit or visible(tidy(signal.text))
                claims.append(
                    _Claim(signal.source, signal.place, said, loose=unit is None, said=signal.text)
                )
            elif signal.source is Source.PERIOD and (period := period_in(signal.text)):
                claims.append(_Claim(signal.source, signal.place, period=period))
        return claims, list(wrong.values())

    def settled(self, claims: Sequence[_Claim]) -> tuple[list[_Claim], list[Finding]]:
        """Return the claims without a 填报单位 that agrees with the rest, or is only unclear.

        What is unclear beside strong signals that agree is a warning.
        """
        strong = [one for one in claims if one.unit and one.source in _STRONG]
        units = {one.unit for one in strong if one.unit}
        if len(units) != 1:
            return list(claims), []
        (unit,) = units
        names = self._names_of(unit)
        rest, unclear = list[_Claim](), list[Finding]()
        for one in claims:
            if one.source is not Source.UNIT or one.unit is None:
                rest.append(one)
            elif one.shared:
                rest.append(replace(one, unit=unit) if unit in one.shared else one)
            elif one.unit in names or (one.loose and shortened(one.said, names)):
                rest.append(replace(one, unit=unit))
            elif one.loose and len(strong) >= _ENOUGH and may_name(one.unit, names):
                unclear.append(note("unit_unclear", one.place, said=one.unit, unit=unit))
            else:
                rest.append(one)
        return rest, unclear

    def foreign(self, claims: Sequence[_Claim], unit: str) -> frozenset[str]:
        """Return the sheets whose 填报单位, or else 表单编号, is another unit's, or nobody's.

        A unit is known by a name or an alias, whole, by one with a part left out that is nobody
        else's, or by one with something added that is no part of a name. Where no sheet is the
        unit's it has used another one's form, and a sheet of that one's is no other's.
        """
        names = self._names_of(unit)
        naming = [one for one in claims if one.source in (Source.UNIT, Source.NUMBER) and one.unit]
        by_name = {one.place.sheet for one in naming if one.source is Source.UNIT}
        said = [
            one for one in naming if one.source is Source.UNIT or one.place.sheet not in by_name
        ]
        own = [one for one in said if _is_one_of(one, unit, names)]
        own = own or [one for one in said if one.unit == said[0].unit]
        return frozenset(one.place.sheet for one in said if one not in own)

    def as_issued(self, unit: str, period: Period) -> str:
        """Return the name under which a unit got its form for a period, else the one given."""
        names = (unit, *sorted(self._names_of(unit)))
        return next((name for name in names if (name, str(period)) in self._issued), unit)

    def _names_of(self, unit: str) -> frozenset[str]:
        """Return every name and alias of a unit."""
        return frozenset({unit, *self._spellings.get(self._keys.get(unit, ""), ())})

    def doubts(
        self,
        found: Sequence[Signal],
        claims: Sequence[_Claim],
        unit: str | None,
        period: Period | None,
    ) -> Iterator[Finding]:
        """Yield why signals that do not contradict each other are not enough, or only just."""
        number = next((one for one in found if one.source is Source.NUMBER), None)
        naming = {claim.source for claim in claims if claim.unit}
        alone = next((one for one in claims if one.shared and one.unit == unit), None)
        if unit and alone and naming <= {Source.UNIT}:
            yield note("shared_name", alone.place, unit=unit, names=tuple(sorted(alone.shared)))
        elif unit and bare(unit) not in self._units:
            place = next((claim.place for claim in claims if claim.unit == unit), Place())
            yield note("unknown_unit", place, unit=unit)
        elif unit and period and (unit, str(period)) not in self._issued:
            yield note("not_issued", unit=unit, period=period)
        elif unit and period:
            if naming <= {Source.UNIT} or naming <= {Source.NUMBER}:
                (source,) = naming
                yield note("weak_identity", signal=source.name.lower(), unit=unit, period=period)
        elif number and not unit:
            yield note("unknown_number", number.place, number=number.text)
        elif unit:
            yield note("unknown_period", unit=unit)
        elif period:
            yield note("unknown_owner", period=period)
        else:
            yield note("unknown_file")

    def copy(self, found: Sequence[Signal], owner: tuple[str, Period]) -> int | None:
        """Return the issue that the metadata sheet names, if it went to that unit and period."""
        for signal in found:
            named = dict(signal.fields).get("issue", "")
            if named.isascii() and named.isdigit():
                unit, period = self._copies.get(int(named), ("", ""))
                if (unit, period) == (owner[0], str(owner[1])):
                    return int(named)
        return None

    def _fault(self, signal: Signal) -> Finding | None:
        plan = dict(signal.fields).get("plan")
        if not signal.text and signal.fields:
            return None if plan == self._plan_id else note("other_plan", signal.place)
        identity = form.parse_token(signal.text)
        if (identity and identity.plan != self._plan_id) or plan not in (None, self._plan_id):
            return note("other_plan", signal.place)
        if identity is None or not self._ours(signal.text):
            return note("bad_signature", signal.place, signal=signal.source.name.lower())
        return None

    def _ours(self, token: str) -> bool:
        return form.genuine(token, self._secret) or token.strip() in self._recorded

    def _signed(self, signal: Signal) -> Iterator[_Claim]:
        if identity := form.parse_token(signal.text):
            said = (identity.unit, identity.period, identity.version)
            yield _Claim(signal.source, signal.place, *said)
        fields = dict(signal.fields)
        if fields:
            version = fields.get("version", "")
            yield _Claim(
                signal.source,
                signal.place,
                fields.get("unit") or None,
                _period_or_none(fields.get("period", "")),
                int(version) if version.isascii() and version.isdigit() else None,
            )
            if fields.get("number") in self._numbers:
                yield self._claim_of(fields["number"], signal)

    def _numbered(self, signal: Signal) -> Iterator[_Claim]:
        if signal.text in self._numbers:
            yield self._claim_of(signal.text, signal)

    def _claim_of(self, number: str, signal: Signal) -> _Claim:
        copy, version = self._numbers[number]
        unit, period = self._copies[copy]
        return _Claim(signal.source, signal.place, unit, parse_period(period), version)


def _contradictions(claims: Sequence[_Claim]) -> Iterator[Finding]:
    """Yield one finding for each of unit, period and version on which signals do not agree."""
    if pair := _differing(claims, "unit"):
        yield _contradiction("unit_contradiction", *pair, pair[0].unit, pair[1].unit)
    if pair := _differing(claims, "period"):
        yield _contradiction("period_contradiction", *pair, pair[0].period, pair[1].period)
    if pair := _differing(claims, "version"):
        yield _contradiction("version_contradiction", *pair, pair[0].version, pair[1].version)


def _differing(claims: Sequence[_Claim], name: str) -> tuple[_Claim, _Claim] | None:
    """Return the strongest claim about a thing and the first that says otherwise."""
    said = [claim for claim in claims if getattr(claim, name)]
    for claim in said[1:]:
        one, other = getattr(said[0], name), getattr(claim, name)
        if one != other:
            return said[0], claim
    return None


def _is_one_of(claim: _Claim, unit: str, names: frozenset[str]) -> bool:
    """Return whether 填报单位 is a unit's, which has these names."""
    said = claim.unit or ""
    if claim.shared:
        return unit in claim.shared
    return said in names or (
        claim.loose and (shortened(claim.said, names) or may_name(said, names))
    )


def _contradiction(code: str, one: _Claim, other: _Claim, first: Value, second: Value) -> Finding:
    return note(
        code,
        other.place,
        one=one.source.name.lower(),
        other=other.source.name.lower(),
        first=first,
        second=second,
    )


def _period_or_none(text: str) -> Period | None:
    try:
        return parse_period(text)
    except PeriodError:
        return None
