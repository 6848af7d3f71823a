"""Nothing is fetched or run for a template, whoever made it."""

import io
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from edu_sheet.kit.programs import program_named
from edu_sheet.kit.shipped import shipped
from edu_sheet.summary.typeset.pdf import to_pdf
from edu_sheet.summary.typeset.template import open_template, shipped_template
from edu_sheet.words.errors import EduSheetError
from tests.support import office

_RELATION = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
)
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="P"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="P"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:link="rIdX"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
Change = Callable[[dict[str, str]], None]


def template(change: Change) -> bytes:
    """Return the shipped template with its parts changed as text."""
    with zipfile.ZipFile(io.BytesIO(shipped_template())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = {name: data.decode("utf-8") for name, data in parts.items() if b"<?xml" in data[:60]}
    change(texts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in (parts | {n: t.encode("utf-8") for n, t in texts.items()}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def related(kind: str, target: str, body: str = "") -> Change:
    def change(parts: dict[str, str]) -> None:
        name = "word/_rels/document.xml.rels"
        said = _RELATION.format(kind=kind, target=target)
        parts[name] = parts[name].replace("</Relationships>", said)
        document = parts["word/document.xml"]
        parts["word/document.xml"] = document.replace("<w:body>", f"<w:body>{body}", 1)

    return change


def field(*instructions: str) -> Change:
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions)
    return related("hyperlink", "https://xian.test/", f"<w:p>{runs}</w:p>")


def embedded(kind: str) -> Change:
    """Return a change that puts a file into the template."""

    def change(parts: dict[str, str]) -> None:
        parts["word/embeddings/o.bin"] = "object"
        types = "[Content_Types].xml"
        said = '<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
        parts[types] = parts[types].replace("</Types>", said)
        name = "word/_rels/document.xml.rels"
        said = _RELATION.format(kind=kind, target="embeddings/o.bin")
        said = said.replace(' TargetMode="External"', "")
        parts[name] = parts[name].replace("</Relationships>", said)

    return change


def spelt_otherwise(body: str) -> Change:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return related("hyperlink", "https://xian.test/", body.replace("XMLNS", f"xmlns:x='{word}'"))


@pytest.mark.parametrize(
    "change",
    [
        embedded("oleObject"),
        embedded("package"),
        embedded("control"),
        embedded("aFChunk"),
        spelt_otherwise(
            "<x:p XMLNS><x:r><x:instrText>&#73;NCLUDETEXT c:/a</x:instrText></x:r></x:p>"
        ),
        spelt_otherwise("<x:p XMLNS><x:fldSimple x:instr='&#76;INK c:/a'/></x:p>"),
        spelt_otherwise(
            "<x:p XMLNS><x:r><x:pict><y:shape xmlns:y='urn:schemas-microsoft-com:vml'>"
            "<y:imagedata src='http&#58;//xian.test/a.png'/></y:shape></x:pict></x:r></x:p>"
        ),
        related("image", "http://xian.test/a.png", _PICTURE),
        related("image", "file:///srv/a.png", _PICTURE),
        related("frame", "http://xian.test/a.docx"),
        related("subDocument", "\\\\xian.test\\a.docx"),
        related("oleObject", "http://xian.test/a.xlsx"),
        field('INCLUDEPICTURE "http://xian.test/a.png"'),
        field("INCLU", 'DETEXT "c:\\\\a.docx"'),
        field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"),
    ],
)
def test_a_template_that_leads_outside_is_refused(tmp_path: Path, change: Change) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(template(change))
    with pytest.raises(EduSheetError, match="没有采用"):
        open_template(path)


def test_a_template_with_a_link_for_people_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(template(related("hyperlink", "https://xian.test/")))
    assert open_template(path).styles


def test_a_template_is_cut_off_from_the_one_it_was_made_of(tmp_path: Path) -> None:
    def attached(parts: dict[str, str]) -> None:
        settings = parts["word/settings.xml"]
        head, mark, rest = settings.partition(">")
        if head.startswith("<?xml"):
            inner, mark, rest = rest.partition(">")
            head += ">" + inner
        element = (
            '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships" r:id="rIdX"/>'
        )
        parts["word/settings.xml"] = head + mark + element + rest
        empty = (
            '<?xml version="1.0" encoding="UTF-8"?><Relationships'
            ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        )
        said = _RELATION.format(kind="attachedTemplate", target="http://xian.test/a.dotm")
        parts["word/_rels/settings.xml.rels"] = empty + said

    path = tmp_path / "模板.docx"
    path.write_bytes(template(attached))
    stream = io.BytesIO()
    open_template(path).save(stream)
    with zipfile.ZipFile(stream) as made:
        assert not any(b"attachedTemplate" in made.read(name) for name in made.namelist())


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a web server, and what it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/a.png", asked
    finally:
        server.shutdown()
        server.server_close()


def test_libreoffice_fetches_nothing_for_a_document() -> None:
    office.require()
    with listening() as (address, asked):
        made = to_pdf(template(related("image", address, _PICTURE)), "总结.docx")
    assert made.startswith(b"%PDF")
    assert asked == []


def test_a_program_is_never_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("soffice", "soffice.exe", "soffice.bat"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", str(tmp_path))))
    assert program_named("soffice") is None
    monkeypatch.chdir(tmp_path.parent)
    assert program_named("soffice") is not None
    assert shipped("templates/季度总结模板.docx").exists()
