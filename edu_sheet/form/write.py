"""A Form as the bytes of a workbook: the same form gives the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from edu_sheet.form import layout, workbook_xml
from edu_sheet.form.grid import Grid, Style, grids
from edu_sheet.form.sheet_xml import sheet_xml, table_xml
from edu_sheet.form.styles_xml import styles_xml
from edu_sheet.kit.package import Member, member, package
from edu_sheet.words.forms import Form


def write(form: Form, issue: int, created: datetime) -> bytes:
    """Return the workbook of a form as .xlsx.

    `issue` is the ledger's id of the issue, kept on the metadata sheet; `created` becomes the
    document's date. The same three arguments give the same bytes.
    """
    sheets = grids(form)
    title = f"{form.title} {form.identity.unit} {form.identity.period}"
    return package(
        (
            *_shared(form.font, len(sheets) + 1, styles := _styles(sheets)),
            member("docProps/core.xml", workbook_xml.core_xml(title, created)),
            member("docProps/custom.xml", workbook_xml.custom_xml(form.token)),
            member("xl/workbook.xml", workbook_xml.workbook_xml(sheets, form.token)),
            *_sheets(sheets, styles, table_xml(_metadata(form, issue))),
        )
    )


@lru_cache(maxsize=64)
def _shared(font: str, sheets: int, styles: tuple[Style, ...]) -> tuple[Member, ...]:
    """Return the members that are the same in most forms: they are compressed once."""
    return (
        member("[Content_Types].xml", workbook_xml.types_xml(sheets)),
        member("_rels/.rels", workbook_xml.package_relations_xml()),
        member("xl/_rels/workbook.xml.rels", workbook_xml.relations_xml(sheets)),
        member("docProps/app.xml", workbook_xml.app_xml()),
        member("xl/styles.xml", styles_xml(font, styles)),
    )


def _styles(sheets: Sequence[Grid]) -> tuple[Style, ...]:
    """Return the styles of all cells, each once, in the order in which they are met."""
    lines = (line for grid in sheets for _, line in sorted(grid.lines.items()))
    return tuple(dict.fromkeys(style for line in lines for style in line.styles))


def _sheets(sheets: Sequence[Grid], styles: Sequence[Style], hidden: str) -> Iterator[Member]:
    """Yield the sheets, the one that nobody sees at the end."""
    looks = {style: number for number, style in enumerate(styles, 1)}
    written = [sheet_xml(grid, looks, opened=grid is sheets[0]) for grid in sheets]
    for number, content in enumerate((*written, hidden), 1):
        yield member(f"xl/worksheets/sheet{number}.xml", content)


def _metadata(form: Form, issue: int) -> dict[str, str]:
    """Return the signed identity for the hidden sheet.

    It stands in three places: one of them survives what people do to a file.
    """
    values = (*form.identity.parts, form.number, form.token, str(issue), form.unit_key)
    return dict(zip(layout.META_FIELDS, values, strict=True))
