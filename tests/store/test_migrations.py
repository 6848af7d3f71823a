"""An older ledger is carried forward whole, or stays as it was."""

import json
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger, key, migrations
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Roster
from tests.support.builders import DECEMBER, EDUCATION, small_plan

NEWEST = len(migrations.MIGRATIONS)
NOTE = "CREATE TABLE note (\n  id INTEGER PRIMARY KEY, text TEXT NOT NULL\n);\n"


def ledger_of_version(path: Path, version: int) -> Path:
    """Make a ledger as the program of that version left it: in its journal mode, with a plan."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        for migration in migrations.MIGRATIONS[:version]:
            if callable(migration):
                migration(database)
            else:
                database.executescript(migration)
        database.execute(f"PRAGMA user_version = {version}")
        database.execute("INSERT INTO meta VALUES ('plan_id', 'abcd'), ('secret', '00')")
    return path


def tables(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        found: int = database.execute("PRAGMA user_version").fetchone()[0]
        return found


def further(monkeypatch: pytest.MonkeyPatch, *more: migrations.Migration) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, *more])


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*_版本*.db"))


@pytest.mark.parametrize("old", range(1, NEWEST + 1))
def test_an_older_ledger_becomes_like_a_new_one(tmp_path: Path, old: int) -> None:
    path = ledger_of_version(tmp_path / "台账.db", old)
    with Ledger.open(path) as ledger:
        assert ledger.plan.id == "abcd"
    with Ledger.create(tmp_path / "新.db"):
        assert tables(path) == tables(tmp_path / "新.db")
    assert version(path) == NEWEST


def test_a_copy_of_an_older_ledger_is_kept_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    before = tables(path)
    with closing(sqlite3.connect(path)) as elsewhere:  # its last words are in the log alone
        elsewhere.execute("INSERT INTO meta VALUES ('last', 'word')")
        elsewhere.commit()
        further(monkeypatch, NOTE)
        with Ledger.open(path):
            pass
    (copy,) = copies(path)
    assert copy.name.startswith(f"台账_版本{NEWEST}_")
    assert (tables(copy), version(copy)) == (before, NEWEST)
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT value FROM meta WHERE name = 'last'").fetchone() == (
            "word",
        )
    kept = {path.name, copy.name, key.beside(path).name}
    assert {one.name for one in tmp_path.iterdir()} == kept


def test_a_ledger_of_this_version_is_opened_without_a_copy(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    with Ledger.open(path):
        pass
    assert copies(path) == []


def test_a_kill_between_two_migrations_leaves_the_old_version_that_opens_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    before = tables(path)

    def cut_off(database: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        further(interrupted, NOTE, cut_off)
        with pytest.raises(KeyboardInterrupt):
            Ledger.open(path)
    assert (tables(path), version(path)) == (before, NEWEST)
    further(monkeypatch, NOTE)
    with Ledger.open(path) as ledger:
        assert ledger.plan.id == "abcd"
    assert version(path) == NEWEST + 1
    assert len(copies(path)) == 1


def test_a_program_that_dies_amid_a_migration_leaves_a_ledger_that_opens(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    before = tables(path)
    program = f"""
        import os
        from pathlib import Path
        from edu_sheet.store.ledger import Ledger, migrations
        migrations.MIGRATIONS += [{NOTE!r}, lambda database: os._exit(9)]
        Ledger.open(Path({str(path)!r}))
    """
    run = [sys.executable, "-X", "utf8", "-c", textwrap.dedent(program)]
    assert subprocess.run(run, check=False).returncode == 9
    with Ledger.open(path) as ledger:
        assert ledger.plan.id == "abcd"
    assert (tables(path), version(path)) == (before, NEWEST)


def test_a_migration_may_read_and_write_the_rows_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def doubled(database: sqlite3.Connection) -> None:
        for name, value in database.execute("SELECT name, value FROM meta").fetchall():
            database.execute("UPDATE meta SET value = ? WHERE name = ?", (value * 2, name))

    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    further(monkeypatch, doubled)
    with Ledger.open(path) as ledger:
        assert ledger.plan.id == "abcdabcd"


def test_a_migration_may_rebuild_a_table_that_others_refer_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilt = (
        "CREATE TABLE anew (id INTEGER PRIMARY KEY, file TEXT NOT NULL);\n"
        "INSERT INTO anew SELECT id, file FROM delivery;\n"
        "DROP TABLE delivery;\n"
        "ALTER TABLE anew RENAME TO delivery;\n"
    )
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO delivery VALUES (1, 'a', 'b', 'c', 'd', 0, 0, '')")
        database.execute(
            "INSERT INTO submission VALUES (1, 1, '', '', '', '', '', '', '', '', '', '', 1, '')"
        )
        database.commit()
    further(monkeypatch, rebuilt)
    with Ledger.open(path):
        pass
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT * FROM delivery").fetchall() == [(1, "a")]


def test_a_newer_ledger_is_refused_by_name_and_left_as_it_is(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=f"版本是 {NEWEST + 1}，.*版本 {NEWEST}。.*升级"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_another_program_s_database_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE other (id)")
    with pytest.raises(LedgerError, match="不是 edu-sheet 的台账"):
        Ledger.open(path)


def test_a_new_ledger_never_takes_the_place_of_one(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    with pytest.raises(LedgerError, match="已经存在"):
        Ledger.create(path)
    with Ledger.open(path) as ledger:
        assert ledger.plan.id == "abcd"


def test_forms_of_before_units_had_keys_are_joined_when_the_plan_is_next_recorded(
    tmp_path: Path,
) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST - 1)
    with closing(sqlite3.connect(path)) as database:
        for number, unit in enumerate((EDUCATION, "县旧局"), start=1):
            database.execute(
                "INSERT INTO issue (id, period, unit, version, number, token, form, file, sha256,"
                " issued_at) VALUES (?, '2022-12', ?, 1, '', '', '{}', '', '', '')",
                (number, unit),
            )
        database.commit()
    plan = small_plan()
    renamed = tuple(
        replace(one, name="县新局") if one.name == EDUCATION else one for one in plan.roster.units
    )
    with Ledger.open(path) as ledger:
        ledger.plan.record("one", {}, plan=plan)
        ledger.plan.record("two", {}, plan=replace(plan, roster=Roster(renamed)))
        names = ledger.units.names(DECEMBER)
        assert [names.now(one, DECEMBER) for one in (EDUCATION, "县旧局")] == ["县新局", "县旧局"]


def first_release(path: Path) -> Path:
    """Make a ledger of the first release with a reissued form, findings and decisions."""
    ledger_of_version(path, 1)
    rows = {
        1: [("T03", 3), ("T05", 5)],
        2: [("T03", 5), ("T05", 3), ("T07", 7)],
    }
    with closing(sqlite3.connect(path)) as database:
        for version, tasks in rows.items():
            form = json.dumps({"rows": [{"key": key, "number": number} for key, number in tasks]})
            database.execute(
                "INSERT INTO issue VALUES (?, '2022-12', '县教育局', ?, 'N', 't', ?, 'f', 's', 'x')",
                (version, version, form),
            )
        database.execute("INSERT INTO delivery VALUES (1, 'a', 'b', 'c', ?, 0, 1)", (NOON,))
        for number, kind, unit in ((1, "xlsx", "县教育局"), (2, "zip", None)):
            period = "2022-12" if unit else None
            database.execute(
                "INSERT INTO submission VALUES"
                " (?, 1, 'a', 's', ?, 'attention', ?, ?, ?, NULL, NULL, '')",
                (number, kind, NOON, unit, period),
            )
        database.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, 'error', ?, ?)",
            [
                (1, 0, "answer_out_of_place", "填报表!L7", "第3项那一行右侧写有内容：{补充}"),
                (1, 1, "answer_out_of_place", "资料!A61:B90", "还有 60 个单元格"),
                (1, 2, "missing_row", "填报表", "第5项任务的行被删掉了。"),
                (2, 0, "link_member", "包!1.zip/表.xlsx", "快捷链接"),
            ],
        )
        database.executemany(
            "INSERT INTO decision VALUES (?, 1, 'take', ?, NULL, NULL, ?, ?)",
            [(1, NOON, "填报表!L7", 7), (2, NOON, "填报表!L8", 3), (3, NOON, "填报表!L9", 5)],
        )
        database.execute(
            "INSERT INTO entry VALUES"
            " (1, 0, '2022-12', '县教育局', 'T05', 'lead', '补充', '填报表!L8', '')"
        )
        database.commit()
    return path


NOON = "2022-12-30T12:00:00+08:00"


def test_an_older_ledger_s_findings_keep_their_sentences_and_places(tmp_path: Path) -> None:
    with Ledger.open(first_release(tmp_path / "台账.db")) as ledger:
        first, archive = ledger.returns.submissions()
    assert [(str(one.place), sentence(one)) for one in first.findings] == [
        ("填报表!L7", "第3项那一行右侧写有内容：{补充}"),
        ("资料!A61:B90", "还有 60 个单元格"),
        ("填报表", "第5项任务的行被删掉了。"),
    ]
    assert first.findings[0].place == Place("填报表", 7, 12)
    assert [one.place for one in archive.findings] == [Place(member="包!1.zip/表.xlsx")]


def test_an_older_decision_is_about_the_task_that_its_number_was_certain_to_mean(
    tmp_path: Path,
) -> None:
    with Ledger.open(first_release(tmp_path / "台账.db")) as ledger:
        decisions = ledger.returns.decisions(1)
    assert [(one.place, one.task) for one in decisions] == [
        (Place("填报表", 7, 12), "T07"),
        (Place("填报表", 8, 12), "T05"),
        (Place("填报表", 9, 12), "T05"),
    ]


def test_a_ledger_that_cannot_be_carried_forward_leaves_no_copy_at_each_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)

    def fails(database: sqlite3.Connection) -> None:
        raise ValueError("a bug")

    further(monkeypatch, fails)
    for _ in range(3):
        with pytest.raises(ValueError, match="a bug"):
            Ledger.open(path)
    assert [one.name for one in tmp_path.iterdir()] == ["台账.db"]


def test_a_finding_whose_submission_is_gone_is_named_and_not_dropped(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", 1)
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO finding VALUES (7, 0, 'blank', 'warning', '', '空着')")
        database.commit()
    for _ in range(2):
        with pytest.raises(LedgerError, match=r"finding 表，编号 7.*不能升级.*备份"):
            Ledger.open(path)
    assert version(path) == 1
    assert copies(path) == []


def test_an_older_form_that_is_no_form_any_more_is_named(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", 1)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            INSERT INTO issue VALUES (5, '2022-12', '县教育局', 1, 'n', 't', 'not json', '', '', '');
            INSERT INTO delivery VALUES (1, '', '', '', '2022-12-31T10:00:00+08:00', 0, 1);
            INSERT INTO submission VALUES (1, 1, '', '', 'xlsx', 'attention',
                '2022-12-31T10:00:00+08:00', '县教育局', '2022-12', NULL, NULL, '');
            INSERT INTO decision VALUES (1, 1, 'take', '2022-12-31T10:00:00+08:00', NULL, NULL,
                '填报表!H7', 3);
            """
        )
    with pytest.raises(LedgerError, match=r"编号 5 的填报表.*备份"):
        Ledger.open(path)
    assert version(path) == 1


def test_a_ledger_that_lost_its_version_is_not_called_another_program_s(tmp_path: Path) -> None:
    path = ledger_of_version(tmp_path / "台账.db", NEWEST)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 0")
    with pytest.raises(LedgerError, match="没有版本号"):
        Ledger.open(path)


def test_a_hand_edit_of_before_edits_had_keys_reads_as_it_did(tmp_path: Path) -> None:
    before = next(
        place
        for place, one in enumerate(migrations.MIGRATIONS)
        if isinstance(one, str) and "unit_keys" in one
    )
    path = ledger_of_version(tmp_path / "台账.db", before)
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "INSERT INTO edit (period, task, field, unit, text, over, edited_at) VALUES"
            " ('2022-12', 'T1', 'progress', '县教育局', '改', '原', '2023-01-01T00:00:00+08:00')"
        )
        database.commit()
    with Ledger.open(path) as ledger:
        (edit,) = ledger.edits.standing([DECEMBER])
    assert (edit.unit, edit.text, edit.over, edit.keys) == ("县教育局", "改", "原", ())
