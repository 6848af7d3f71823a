"""On Windows' own Python, in Chinese: what a clerk installs starts, works, and goes again."""

import hashlib
import http.cookiejar
import os
import re
import shutil
import subprocess
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support import wine

# Those that say most about Windows for their time: paths, locks, consoles, processes, the ledger.
ROOMS = (
    "tests/cli/test_cli.py",
    "tests/collect/test_inbox.py",
    "tests/issue/test_generate.py",
    "tests/kit/test_held.py",
    "tests/kit/test_on_windows.py",
    "tests/reading/test_kind.py",
    "tests/store/test_ledger.py",
    "tests/store/test_outputs.py",
)
NOT_IN_WINE = (
    "test_litter_and_links_are_left_with_the_reason",  # it has no symbolic links for a Python
    "test_killed_at_any_moment_the_next_run_ends_where_it_would_have",  # by a signal of POSIX
)
LIBRARIES = ("aiosmtpd", "hypothesis", "pillow", "pytest")


pytestmark = pytest.mark.once


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wine.Windows]:
    """Return what was built: once, for all processes that run tests."""
    wine.require()
    several = "PYTEST_XDIST_WORKER" in os.environ
    own = tmp_path_factory.getbasetemp()
    common = (own.parent if several else own) / "windows"
    built = common / "made.txt"
    with FileLock(common.with_suffix(".lock")):
        if not built.exists():
            shutil.rmtree(common, ignore_errors=True)
            common.mkdir()
            wine.build(common)
            built.touch()
    made = wine.Windows(common)
    yield made
    if not several:  # another process may be at work in it still
        subprocess.run(["wineserver", "-k"], env=made.environment, check=False)


def test_the_whole_round_trip_runs_to_its_end_where_the_console_is_chinese(
    windows: wine.Windows, tmp_path: Path
) -> None:
    python = str(windows.program / "python.exe")
    asked = "import ctypes, msal, sys; print(sys.version_info[:2], ctypes.windll.kernel32.GetACP())"
    assert windows.run(python, "-c", asked, cwd=tmp_path).split() == ["(3,", "11)", "936"]
    said = windows.run(python, "-m", "edu_sheet", "demo", "演示", cwd=tmp_path)
    assert "文件在哪里" in said
    for path in ("成果/2022Q4/季度总结.docx", "成果/2022Q4/总表.xlsx", "分工方案.xlsx"):
        assert zipfile.is_zipfile(tmp_path / "演示" / path)
    assert not [*(tmp_path / "演示" / "收件箱").rglob("*.xlsx")]


def test_the_installer_asks_no_administrator_and_the_screen_opens_and_all_goes_again(
    windows: wine.Windows, tmp_path: Path
) -> None:
    (installer,) = (windows.folder / "made").glob("*-安装.exe")
    windows.run(str(installer), "/S", cwd=tmp_path)
    (own,) = windows.drive.glob("users/*/AppData/Local/Programs/edu-sheet")
    (menu,) = windows.drive.glob(
        "users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/督办填报"
    )
    assert sorted(path.name for path in menu.iterdir()) == ["卸载.lnk", "督办填报.lnk"]
    home, python = _a_workspace(windows, own, tmp_path), str(own / "pythonw.exe")
    screen = windows.start(
        python, "-m", "edu_sheet", "-w", home, "screen", "--no-open", cwd=tmp_path
    )
    try:
        assert screen.stdout is not None
        first = screen.stdout.readline().decode(wine.CHINESE)
        address = re.search(r"http://127\.0\.0\.1:\d+/\S+", first)
        assert address, first + screen.stdout.read().decode(wine.CHINESE, "replace")
        page = _opened(address[0])
        assert "① 下发" in page
        with windows.start(str(installer), "/S", cwd=tmp_path) as over_it:
            assert over_it.wait(timeout=300) != 0, "what runs is not replaced by halves"
        assert (own / "site-packages" / "edu_sheet").is_dir()
    finally:
        screen.kill()
        screen.wait()
        if screen.stdout:
            screen.stdout.close()
    windows.run(str(own / "卸载.exe"), "/S", f"_?={wine.drive_z(own)}", cwd=tmp_path)
    assert not (own / "site-packages").exists()
    assert not (own / "pythonw.exe").exists()
    assert not menu.exists()


def _a_workspace(windows: wine.Windows, own: Path, folder: Path) -> str:
    """Return a workspace as Windows' programs see it, made by the program that was installed."""
    said = windows.run(
        str(own / "python.exe"), "-m", "edu_sheet", "init", "督办", "--example", cwd=folder
    )
    assert "已新建工作区" in said
    return wine.drive_z(folder / "督办")


def _opened(address: str) -> str:
    """Return the page behind an address that may be opened once."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    with urllib.request.build_opener(jar).open(address, timeout=300) as answer:
        return str(answer.read().decode("utf-8"))


def test_tests_of_what_differs_on_windows_pass_on_its_python(
    windows: wine.Windows, tmp_path: Path
) -> None:
    libraries = tmp_path / "libraries"
    wine.libraries(libraries, LIBRARIES)
    chosen = " and ".join(f"not {name}" for name in NOT_IN_WINE)
    code = (
        f"import sys; sys.path[:0] = [{wine.drive_z(wine.ROOT)!r}, {wine.drive_z(libraries)!r}]; "
        "sys.dont_write_bytecode = True; import pytest; "
        f"sys.exit(pytest.main({[*ROOMS, '-q', '-p', 'no:cacheprovider', '-k', chosen]!r} "
        f"+ ['--basetemp', {wine.drive_z(tmp_path / 't')!r}]))"
    )
    said = windows.run(str(windows.program / "python.exe"), "-c", code, cwd=wine.ROOT)
    assert re.search(r"\d{3} passed", said), said
    assert "failed" not in said


def test_what_is_handed_out_carries_its_digests_and_every_licence(windows: wine.Windows) -> None:
    made = windows.folder / "made"
    handed = sorted(path for path in made.iterdir() if path.suffix in (".exe", ".zip"))
    assert len(handed) == 2
    for path in handed:
        digest, name = (made / f"{path.name}.sha256").read_text(encoding="utf-8").split()
        assert (digest, name) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.name)
    known = {path.name.split("-")[0] for path in (windows.program / "许可").iterdir()}
    assert "Python.txt" in known
    for library in (windows.program / "site-packages").glob("*.dist-info"):
        assert library.name.split("-")[0] in known
    with zipfile.ZipFile(next(path for path in handed if path.suffix == ".zip")) as archive:
        start = archive.read("督办填报/启动.vbs").decode("utf-16")
        plain = archive.read("督办填报/启动.cmd").decode("ascii")
    for way in (start, plain):
        assert "pythonw.exe" in way
        assert "-m edu_sheet screen" in way
