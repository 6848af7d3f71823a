"""The names of the roster's units, by key: those of now and those of before."""

import json
from collections.abc import Iterable, Sequence

from edu_sheet.rules.names import Names, UnitName
from edu_sheet.store.ledger.database import Database
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Unit
from edu_sheet.words.records import legible


class Units:
    """Every name that a unit has borne since it has a key."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def names(self, *periods: Period) -> Names:
        """Return what the units are called now, with the forms of these periods."""
        rows = self._db.run("SELECT key, name, aliases, current FROM unit ORDER BY key, name")
        listed = [
            UnitName(key, name, _aliases(name, aliases), bool(current))
            for key, name, aliases, current in rows
        ]
        by_name = {str(period): period for period in periods}
        issued = self._db.run(
            "SELECT DISTINCT period, unit, unit_key FROM issue"
            f" WHERE period IN ({', '.join('?' * len(by_name))})",
            *by_name,
        )
        return Names(listed, [(by_name[period], unit, key) for period, unit, key in issued])

    def spellings(self) -> dict[str, str]:
        """Return every name of now and before and every alias of now, with its unit's key.

        What two units share tells nothing: the name of now wins, then the one of before.
        """
        rows = self._db.run("SELECT key, name, aliases, current FROM unit ORDER BY key, name")
        ranks: tuple[dict[str, set[str]], ...] = ({}, {}, {})
        for key, name, aliases, current in rows:
            ranks[0 if current else 1].setdefault(name, set()).add(key)
            for alias in _aliases(name, aliases) if current else ():
                ranks[2].setdefault(alias, set()).add(key)
        found: dict[str, str] = {}
        for said in ranks:
            for spelling, keys in said.items():
                if len(keys) == 1:
                    found.setdefault(spelling, *keys)
        return found

    def shared(self) -> dict[str, frozenset[str]]:
        """Return each name that several units bear or bore, with all their names.

        They are those of the roster, and those that forms went out to before they left it.
        """
        rows = self._db.run(
            "SELECT key, name FROM unit WHERE key IN (SELECT key FROM unit WHERE current)"
            " OR key IN (SELECT unit_key FROM issue)"
        )
        borne, bearers = dict[str, set[str]](), dict[str, set[str]]()
        for key, name in rows:
            borne.setdefault(key, set()).add(name)
            bearers.setdefault(name, set()).add(key)
        return {
            name: frozenset().union(*(borne[key] for key in keys))
            for name, keys in bearers.items()
            if len(keys) > 1
        }

    def keep(self, units: Iterable[Unit]) -> None:
        """Keep the names of the roster as it is now, within the transaction of the caller.

        A form of which it is not known whose it was is the unit's that bears its name, unless that
        one had a form of the period under another name: then it was another unit's.
        """
        roster = [one for one in units if one.key]
        self._follow(roster)
        self._db.run("UPDATE unit SET current = 0")
        self._db.run_each(
            "INSERT OR REPLACE INTO unit (key, name, aliases, current) VALUES (?, ?, ?, 1)",
            [(one.key, one.name, json.dumps(one.aliases, ensure_ascii=False)) for one in roster],
        )
        self._db.run(
            "UPDATE issue SET unit_key = (SELECT key FROM unit WHERE current AND name = issue.unit)"
            " WHERE unit_key = '' AND unit IN (SELECT name FROM unit WHERE current)"
            " AND NOT EXISTS (SELECT 1 FROM issue AS other JOIN unit ON unit.key = other.unit_key"
            " WHERE other.period = issue.period AND other.unit <> issue.unit"
            " AND unit.current AND unit.name = issue.unit)"
        )

    def _follow(self, roster: Sequence[Unit]) -> None:
        """Let rows that were typed anew be the units that they were, under the keys they have now.

        Such a row has a key that was never seen, and the name of one that is there no more.
        """
        rows = self._db.run("SELECT key, name, current FROM unit")
        seen, borne = {row[0] for row in rows}, {row[1]: row[0] for row in rows if row[2]}
        kept = {one.key for one in roster}
        for one in roster:
            old = borne.get(one.name, one.key)
            if one.key in seen or old == one.key or old in kept:
                continue
            self._db.run("UPDATE unit SET key = ? WHERE key = ?", one.key, old)
            self._db.run("UPDATE issue SET unit_key = ? WHERE unit_key = ?", one.key, old)
            self._db.run(
                "UPDATE edit SET unit_keys = replace(unit_keys, ?, ?)", f'"{old}"', f'"{one.key}"'
            )


def _aliases(name: str, aliases: str) -> tuple[str, ...]:
    with legible(f"“{name}”的别名"):
        return tuple(json.loads(aliases))
