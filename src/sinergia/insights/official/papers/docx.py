"""Figures by ten o'clock as DOCX: sentences to be read, and the tables under them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.document import Document as DocumentFile
from docx.shared import Pt

from sinergia.base.tables.document import (
    BRAND,
    SECOND,
    add_foot,
    add_rows,
    bytes_of,
    new_document,
    small,
)
from sinergia.base.ui.templatetags.figures import day, moment
from sinergia.insights.official.queries.helped import Period
from sinergia.places.models import Region

if TYPE_CHECKING:
    from sinergia.insights.official.words.page import Line, Speech


def docx_of(told: Mapping[str, Any], region: Region, period: Period, *, now: datetime) -> bytes:
    """Write it on A4. told: as the page shows it; now: aware, the document's date."""
    title = f"{region.name}: {_('Figures by ten o’clock')}"
    document = new_document(title, language=get_language() or "ru", now=now)
    small(document, _("Figures by ten o’clock"), BRAND)
    document.add_paragraph(region.name, style="Title")
    small(document, f"{day(period.since)} — {day(period.until)}", SECOND)
    for text in (told["first"], *told["said"].values()):
        if text:
            document.add_paragraph().add_run(text).font.size = Pt(13)
    if told["trust"] is not None:
        how = told["trust"].latest.method or _("not said")
        small(document, f"{_('How it was measured')}: {how}", SECOND)
    document.add_heading(_("To say in a speech"), level=2)
    for speech in told["speeches"]:
        _theses(document, speech)
    tables = (
        (_("Who was met and helped"), "helped", "helped_heads"),
        (_("What grew from visits"), "grown", "grown_heads"),
        (_("Contests under way"), "contests", "contest_heads"),
    )
    for name, part, heads in tables:
        _table(document, name, told[heads], told[part])
        if part == "helped":
            small(document, told["helped_note"], SECOND)
    if told["dates"]:
        document.add_heading(_("Next dates"), level=2)
        rows = [[on, f"{what}: {name}"] for on, what, name, _url in told["dates"]]
        add_rows(document, [], rows)
    add_foot(document, [_("Made %s") % moment(now)], _("Page {page} of {pages}"))
    return bytes_of(document)


def _theses(document: DocumentFile, speech: "Speech") -> None:
    if speech.title:
        small(document, speech.title, SECOND)
    for number, thesis in enumerate(speech.theses, start=1):
        document.add_paragraph(f"{number}. {''.join(piece.text for piece in thesis)}")


def _table(
    document: DocumentFile, name: str, heads: Sequence[str], lines: "Sequence[Line]"
) -> None:
    if not lines:
        return
    document.add_heading(name, level=2)
    rows = [
        ["\n".join(filter(None, [one.name, one.note])), *(cell.text for cell in one.cells)]
        for one in lines
    ]
    add_rows(document, ["", *heads], rows)
