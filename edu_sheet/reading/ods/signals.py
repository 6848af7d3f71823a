"""What an ods says beside its sheets: its properties, and what is printed on each page."""

from edu_sheet.reading import page_text
from edu_sheet.reading.markup import Names
from edu_sheet.reading.values import cleaned

_FIELDS = frozenset(
    {"page-number", "page-count", "sheet-name", "title", "date", "time", "file-name", "subject"}
    | {"author-name", "author-initials", "description", "modification-date", "print-date"}
)
_PLACES = frozenset(f"{place}{pages}" for place in ("header", "footer") for pages in ("", "-left"))
_PLACES |= {"header-first", "footer-first"}


class SignalEvents:
    """A target for the events of meta.xml and styles.xml, or of a flat file, which holds both."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.modified = ""
        self.page_texts: dict[str, list[str]] = {}  # by the name of the page style
        self._local = Names()
        self._text: list[str] | None = None  # of a property or a paragraph
        self._property = ""
        self._inside = ""  # meta, or the element of a header or footer
        self._master = ""
        self._field = ""

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take the start of an element."""
        name = self._local[tag]
        own = {self._local[key]: value for key, value in attrs.items()}
        if name == "meta":
            self._inside = name
        elif name == "master-page":
            self._master = own.get("name", "")
        elif name in _PLACES and self._master and own.get("display") != "false":
            self._inside = name
        elif self._inside == "meta" and name in ("user-defined", "date"):
            self._property, self._text = own.get("name", ""), []
        elif self._inside in _PLACES and name in ("p", "h"):
            self._text = []
        elif self._text is not None and name in _FIELDS:
            self._field = name

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        name = self._local[tag]
        if name == self._field:
            self._field = ""
        elif name == self._inside:
            self._inside = ""
        elif name == "master-page":
            self._master = ""
        elif self._text is None:
            return
        elif name == "user-defined":
            self.properties[self._property], self._text = self._taken(), None
        elif name == "date" and self._inside == "meta":
            self.modified, self._text = self._taken(), None
        elif name in ("p", "h"):
            if text := page_text.written(self._taken()):
                self.page_texts.setdefault(self._master, []).append(text)
            self._text = None

    def data(self, text: str) -> None:
        """Take text; what a field shows was not written by anybody."""
        if self._text is not None and not self._field:
            self._text.append(text)

    def _taken(self) -> str:
        return cleaned("".join(self._text or ()))[0]
