"""What holds the sheets of a form together, as XML: names, properties, relations, types."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache

from edu_sheet.form import layout
from edu_sheet.form.grid import Grid
from edu_sheet.kit.spreadsheet_xml import HEAD, MAIN, OFFICE, attribute
from edu_sheet.words.place import column_letter

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"
_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # every custom property has this fmtid


def workbook_xml(grids: Sequence[Grid], token: str) -> str:
    """Return the workbook: its sheets, the last one hidden from everybody, and its names."""
    names = [attribute(grid.name) for grid in grids]
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    last = len(names) + 1
    hidden = f'name="{layout.META_SHEET}" sheetId="{last}" state="veryHidden" r:id="rId{last}"'
    quoted = attribute(token.replace('"', '""'))
    defined = [
        f'<definedName name="{layout.TOKEN_NAME}">"{quoted}"</definedName>',
        *(_printed(number, grid) for number, grid in enumerate(grids)),
    ]
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<bookViews><workbookView xWindow="240" yWindow="15" windowWidth="16095"'
        ' windowHeight="9660"/></bookViews>'
        f"<sheets>{sheets}<sheet {hidden}/></sheets>"
        f'<definedNames>{"".join(defined)}</definedNames><calcPr calcId="0"/></workbook>'
    )


def _printed(number: int, grid: Grid) -> str:
    """Return what is printed of a sheet, and which row on every page."""
    corner = f"${column_letter(grid.printed_columns)}${grid.last_row}"
    row = grid.header_row
    return (
        f'<definedName name="_xlnm.Print_Area" localSheetId="{number}">'
        f"{grid.name}!$A$1:{corner}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">'
        f"{grid.name}!${row}:${row}</definedName>"
    )


def core_xml(title: str, created: datetime) -> str:
    """Return the properties that every document has."""
    moment = f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    dated = "".join(
        f'<dcterms:{one} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{one}>'
        for one in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute(title)}</dc:title>{dated}</cp:coreProperties>"
    )


def custom_xml(token: str) -> str:
    """Return the property that holds the token."""
    return (
        f'{HEAD}<Properties xmlns="{_OFFICE}/custom-properties"'
        f' xmlns:vt="{_OFFICE}/docPropsVTypes"><property fmtid="{_CUSTOM}" pid="2"'
        f' name="{layout.TOKEN_PROPERTY}"><vt:lpwstr>{attribute(token)}</vt:lpwstr></property>'
        "</Properties>"
    )


def app_xml() -> str:
    """Return the properties of the program: which documents it makes."""
    return (
        f'{HEAD}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>Microsoft Excel</Application></Properties>"
    )


@cache
def types_xml(sheets: int) -> str:
    """Return what each member of a workbook of so many sheets is."""
    sheet = f"{_TYPES}.spreadsheetml.worksheet+xml"
    named = {
        "docProps/app.xml": f"{_TYPES}.extended-properties+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/custom.xml": f"{_TYPES}.custom-properties+xml",
        "xl/workbook.xml": f"{_TYPES}.spreadsheetml.sheet.main+xml",
        "xl/styles.xml": f"{_TYPES}.spreadsheetml.styles+xml",
        **{f"xl/worksheets/sheet{number}.xml": sheet for number in range(1, sheets + 1)},
    }
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in named.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


@cache
def relations_xml(sheets: int) -> str:
    """Return the members that a workbook of so many sheets consists of."""
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    return _related((f"{_OFFICE}/relationships/{kind}", to) for kind, to in [*targets, _STYLES])


_STYLES = ("styles", "styles.xml")


@cache
def package_relations_xml() -> str:
    """Return the members that the package consists of."""
    return _related(
        (
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
            (f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
        )
    )


def _related(targets: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
