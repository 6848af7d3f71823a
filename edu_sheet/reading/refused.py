"""Kinds of files that hold no answers for this program."""

from edu_sheet.reading.refusal import Refusal
from edu_sheet.sentences import note

_CODES = {
    "pdf": "format_pdf",
    "ofd": "format_ofd",
    "image": "format_image",
    "doc": "format_word",
    "docx": "format_word",
    "ppt": "format_slides",
    "pptx": "format_slides",
    "html": "format_html",
    "xml": "format_xml",
    "xlsb": "format_xlsb",
    "sylk": "format_sylk",
    "dif": "format_dif",
    "gnumeric": "format_gnumeric",
    "numbers": "format_numbers",
    "json": "format_json",
    "shortcut": "format_shortcut",
    "protected": "encrypted_by_software",
    "rar": "format_rar",
    "7z": "format_7z",
    "gzip": "format_archive",
    "archive": "format_archive",
    "zip": "format_zip",
    "eml": "format_mail",
    "msg": "format_mail:msg",
    "mbox": "format_mail",
    "tnef": "format_mail",
    "signed": "format_mail",
    "sealed": "encrypted_mail",
    "encrypted": "encrypted",
    "empty": "empty_file",
    "unknown": "format_unknown",
}


def kind(name: str) -> Refusal:
    """Return the refusal of a file of this kind."""
    return Refusal(note(_CODES[name]))


def wrong_password() -> Refusal:
    """Return the refusal of an encrypted file that the given password does not open."""
    return Refusal(note("encrypted:wrong"))


def encrypted_ods() -> Refusal:
    """Return the refusal of an encrypted ods, which no password given here opens."""
    return Refusal(note("encrypted:ods"))
