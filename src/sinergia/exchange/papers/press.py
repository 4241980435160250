"""A press note on paper: DOCX to be worked with, PDF/UA set by typst. Both made anew each time."""

import json
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst
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
from sinergia.exchange.queries.press import NoteSaid

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = Path(__file__).parent.parent / "templates" / "exchange" / "papers"


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
    """Set a note on A4. A sign that our font has not makes it a plain PDF and no PDF/UA."""
    paper = {
        "kind": _("Press note"),
        "headline": note.headline,
        "paragraphs": [{"text": text, "quote": quote} for text, quote in note.paragraphs],
        "centre": note.centre,
        "language": note.language,
        "page_words": _("Page {page} of {pages}"),
    }
    inputs = {"paper": json.dumps(paper, ensure_ascii=False)}
    try:
        return _set(inputs, now, is_for_all=True)
    except typst.TypstError:
        return _set(inputs, now, is_for_all=False)


def _set(inputs: dict[str, str], now: datetime, *, is_for_all: bool) -> bytes:
    made = typst.compile(
        str(TEMPLATE / "press.typ"),
        root=str(TEMPLATE),
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["ua-1"] if is_for_all else [],
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@lru_cache(maxsize=1)
def _font_folder() -> str:
    return str(files("font_roboto") / "files")
