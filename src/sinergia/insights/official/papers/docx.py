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
    from sinergia.insights.official.words.page import Line


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
    _theses(document, told["theses"])
    tables = (
        (_("Who was met and helped"), "helped"),
        (_("What grew from visits"), "grown"),
        (_("Contests under way"), "contests"),
    )
    for name, part in tables:
        heads = told["contest_heads" if part == "contests" else f"{part}_heads"]
        _table(document, name, heads, told[part])
    if told["dates"]:
        document.add_heading(_("Next dates"), level=2)
        rows = [[on, f"{what}: {name}"] for on, what, name, _url in told["dates"]]
        add_rows(document, [], rows)
    add_foot(document, [_("Made %s") % moment(now)], _("Page {page} of {pages}"))
    return bytes_of(document)


def _theses(document: DocumentFile, theses: Sequence[Sequence[Any]]) -> None:
    document.add_heading(_("To say in a speech"), level=2)
    for number, thesis in enumerate(theses, start=1):
        document.add_paragraph(f"{number}. {''.join(piece.text for piece in thesis)}")


def _table(
    document: DocumentFile, name: str, heads: Sequence[str], lines: "Sequence[Line]"
) -> None:
    if not lines:
        return
    document.add_heading(name, level=2)
    rows = [[one.name, *(cell.text for cell in one.cells)] for one in lines]
    add_rows(document, ["", *heads], rows)
