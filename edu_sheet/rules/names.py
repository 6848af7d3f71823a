"""What a unit is called now that was called otherwise when its form went out. Pure.

A unit is known by its key. Where none is known (a form of the first release, a member of a group
that has no row of its own) it is known by its name, else by an alias that the roster gives for it.

A unit whose row has left the roster stays itself under the name on its form. Where another unit
bears that name by now the two are told apart: 县法院 is the one of now, 县法院（原单位） the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from edu_sheet.words.period import Period


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name that a unit bears in the roster, or bore there; `current` tells which."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    current: bool = True


def of_before(name: str) -> str:
    """Return what a unit is called that left the roster, and whose name another unit bears now."""
    return f"{name}（原单位）"


def left_out(short: str, long: str) -> bool:
    """Return whether a name is another one with characters left out."""
    rest: Iterator[str] = iter(long)
    return all(character in rest for character in short)


class _By(IntEnum):
    """How a name is known, the surest first."""

    KEY = 0
    NAME = 1
    FORMER = 2
    ALIAS = 3
    NOTHING = 4


class Names:
    """The names of all units, for the periods in which forms went out under them."""

    def __init__(
        self,
        names: Iterable[UnitName] = (),
        issued: Iterable[tuple[Period, str, str]] = (),
    ) -> None:
        """`issued`: (period, unit, its key or "") of every form of the periods to be asked for."""
        listed = list(names)
        self._by_key = {one.key: one.name for one in listed if one.current}
        self._seen = {one.key for one in listed}
        self._current = frozenset(self._by_key.values())
        self._aliases = {alias: one.name for one in listed if one.current for alias in one.aliases}
        bore: dict[str, set[str]] = defaultdict(set)
        for one in listed:
            if not one.current:
                bore[one.name].add(self._by_key.get(one.key, ""))
        self._former = {name: next(iter(now)) for name, now in bore.items() if len(now) == 1}
        by_period: dict[Period, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for period, unit, key in issued:
            by_period[period][unit].add(key)
            self._seen.add(key)
        self._changed: dict[tuple[Period, ...], Mapping[str, str]] = {}
        self._called: dict[Period, dict[str, list[str]]] = {}
        self._issued = {period: self._of(units) for period, units in by_period.items()}
        self._left = {
            period: [
                unit for unit, keys in units.items() if any(keys) and now[unit] not in self._current
            ]
            for period, units in by_period.items()
            for now in [self._issued[period]]
        }
        self._keys = {name: key for key, name in self._by_key.items()}
        self._gone: dict[Period, dict[str, str]] = {}  # of keys that left the roster: name now
        for period, left in self._left.items():
            for unit in left:
                if len(keys := by_period[period][unit]) == 1:
                    now = self._issued[period][unit]
                    self._gone.setdefault(period, {}).update(dict.fromkeys(keys, now))
                    self._keys |= dict.fromkeys((now,), *keys)
        called = {now for some in self._issued.values() for now in some.values()}
        printed = {unit for some in by_period.values() for unit in some}
        self.known = self._current | bore.keys() | printed | called

    def now(self, name: str, *periods: Period) -> str:
        """Return what a unit of that name is called now, the name itself if nothing is known.

        The first of the periods in which a form went out under the name decides.
        """
        for period in periods:
            if found := self._issued.get(period, {}).get(name):
                return found
        return self._known(name, frozenset())[1]

    def left(self, period: Period) -> Mapping[str, str]:
        """Return name → name now of the units with forms of a period that left the roster."""
        now = self._issued.get(period, {})
        return {name: now[name] for name in self._left.get(period, ()) if name in now}

    def taken(self, name: str, period: Period) -> bool:
        """Return whether forms of a period went out under a name to another than bears it now."""
        return self._issued.get(period, {}).get(name, name) != name

    def called(self, unit: str, period: Period) -> tuple[str, ...]:
        """Return the names under which forms went out in a period to a unit called so now."""
        if period not in self._called:
            self._called[period] = defaultdict(list)
            for name, now in self._issued.get(period, {}).items():
                self._called[period][now].append(name)
        return tuple(self._called[period].get(unit, ()))

    def issued(self, period: Period) -> frozenset[str]:
        """Return the units that forms went out to in a period, as they are called now."""
        return frozenset(self._issued.get(period, {}).values())

    def changed(self, *periods: Period) -> Mapping[str, str]:
        """Return name → name now, for those that are another by now."""
        if periods not in self._changed:
            names = {name: self.now(name, *periods) for name in self.known}
            self._changed[periods] = {name: now for name, now in names.items() if name != now}
        return self._changed[periods]

    def keys(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Return (name, key) of those of these names that a unit with a key bears now."""
        return tuple((name, self._keys[name]) for name in names if name in self._keys)

    def since(self, keys: Iterable[tuple[str, str]], *periods: Period) -> Mapping[str, str]:
        """Return name → name now, for what was written when units bore the names in `keys`.

        A name that is not among them is one under which a form went out, as in `changed`.
        """
        names = dict(self.changed(*periods))
        for name, key in keys:
            if key not in self._seen:  # its row was typed anew since
                continue
            gone = (self._gone[one][key] for one in periods if key in self._gone.get(one, {}))
            names[name] = next(gone, None) or self._known(name, frozenset({key}))[1]
        return {name: now for name, now in names.items() if name != now}

    def _of(self, units: Mapping[str, set[str]]) -> dict[str, str]:
        """Return what the units of one period are called now.

        Two of them become one only by their key: where two would by a name or an alias, both have
        spoken, and each keeps the name that it had.
        """
        known = {name: self._known(name, frozenset(keys)) for name, keys in units.items()}
        bearers = Counter(now for _, now in known.values())
        return {
            name: now if how is _By.KEY or bearers[now] == 1 else self._apart(name)
            for name, (how, now) in known.items()
        }

    def _apart(self, name: str) -> str:
        """Return the name of a unit that is none of the roster's, told from one that is."""
        return of_before(name) if name in self._current else name

    def _known(self, name: str, keys: frozenset[str]) -> tuple[_By, str]:
        if len(keys) > 1:  # two units had forms under this name in one period
            return (_By.NAME if name in self._current else _By.NOTHING), name
        key = next(iter(keys), "")
        if key in self._by_key:
            return _By.KEY, self._by_key[key]
        if name in self._current:
            return (_By.KEY, of_before(name)) if key else (_By.NAME, name)
        if not key and (now := self._former.get(name)):
            return _By.FORMER, now
        if now := self._aliases.get(name):
            return _By.ALIAS, now
        return _By.NOTHING, name


NO_NAMES = Names()  # every unit is called as its form was
