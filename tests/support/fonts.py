"""A real 仿宋, 楷体, 黑体 and 宋体 for LibreOffice: Fandol, under the names that documents bear."""

import os
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_PLACES = (
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/fonts/opentype/fandol"),
)
_STANDING_IN = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "FandolSong",
    "方正小标宋简体": "FandolSong",
    "Times New Roman": "Liberation Serif",
}
_MATCH = """<match target="pattern"><test qual="any" name="family"><string>{name}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{font}</string></edit></match>
"""


def require() -> Path:
    """Return the folder that holds Fandol; skip the test where there is none, in CI fail it.

    EDU_SHEET_FONTS names it, where it is not Debian's texlive-lang-chinese that is installed.
    """
    named = os.environ.get("EDU_SHEET_FONTS")
    for place in (Path(named), *_PLACES) if named else _PLACES:
        if (place / "FandolFang-Regular.otf").exists():
            return place
    if os.environ.get("CI"):
        pytest.fail("the Fandol fonts are missing in CI")
    pytest.skip("the Fandol fonts are not there (EDU_SHEET_FONTS, or texlive-lang-chinese)")


def real_fonts(folder: Path) -> Path:
    """Write a fontconfig file into the folder, by which the fonts stand in; return its path."""
    matches = "".join(
        _MATCH.format(name=escape(name), font=font) for name, font in _STANDING_IN.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"<dir>{escape(str(require()))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>\n"
        f"{matches}</fontconfig>\n",
        encoding="utf-8",
    )
    return file
