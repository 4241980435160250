"""A press note on paper: DOCX to be worked with, PDF/UA set by typst. Both made anew each time."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from docx.shared import Mm

from sinergia.base.tables.document import (
    BRAND,
    SECOND,
    add_foot,
    bytes_of,
    new_document,
    small,
)
from sinergia.base.tables.paper import set_paper
from sinergia.engine.press import NoteSaid

TEMPLATE = Path(__file__).parent.parent / "templates" / "exchange" / "papers" / "press.typ"


def docx_of(note: NoteSaid, *, now: datetime) -> bytes:
    """Write a note on A4, in the language of the moment. now: aware; the document's date."""
    document = new_document(note.headline, language=note.language, now=now)
    small(document, _("Press note"), BRAND)
    document.add_paragraph(note.headline, style="Title")
    for text, is_quote in note.paragraphs:
        paragraph = document.add_paragraph(text)
        if is_quote:
            paragraph.paragraph_format.left_indent = Mm(8)
            paragraph.runs[0].italic = True
    small(document, note.centre, SECOND)
    add_foot(document, [], _("Page {page} of {pages}"))
    return bytes_of(document)


def pdf_of(note: NoteSaid, *, now: datetime) -> bytes:
    """Set a note on A4."""
    paper = {
        "kind": _("Press note"),
        "headline": note.headline,
        "paragraphs": [{"text": text, "quote": quote} for text, quote in note.paragraphs],
        "centre": note.centre,
        "language": note.language,
        "page_words": _("Page {page} of {pages}"),
    }
    return set_paper(TEMPLATE, paper, at=now)
