"""The report of a centre as DOCX, to be completed and signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.document import (
    BRAND,
    SECOND,
    add_foot,
    add_rows,
    bytes_of,
    new_document,
    small,
)
from sinergia.base.ui.templatetags.figures import count, day
from sinergia.support.queries.report import Numbers

if TYPE_CHECKING:
    from sinergia.support.words.help import KeptSaid, TableSaid


@dataclass(frozen=True)
class ReportSaid:
    """A report in words: whose, of which period, its figures, its tables, what was promised."""

    centre: str
    period: str
    figures: Sequence[tuple[int, str, str]]
    tables: "Sequence[TableSaid]"
    kept: "Sequence[KeptSaid]"


def docx_of(report: ReportSaid, *, language: str, now: datetime) -> bytes:
    """Write the report on A4. now: aware; when it was drawn up."""
    title = _("Report on consultations")
    document = new_document(title, language=language, now=now, is_wide=True)
    small(document, report.centre, BRAND)
    document.add_paragraph(title, style="Title")
    small(document, report.period, SECOND)
    facts = [[words, count(number)] for number, words, _url in report.figures]
    add_rows(document, [], facts, is_figures=True)
    if report.kept:
        document.add_heading(_("What was promised"), level=1)
        add_rows(document, _kept_head(), [_kept_row(one) for one in report.kept], is_figures=False)
    for table in report.tables:
        if table.rows:
            document.add_heading(table.title, level=1)
            head = [
                table.head,
                _("Contacts"),
                pgettext("time", "Minutes"),
                _("Organisations"),
                _("People, groups"),
            ]
            rows = [[name, *_cells(numbers)] for name, numbers, _url in table.rows]
            add_rows(document, head, rows)
    document.add_heading(_("Signatures"), level=1)
    blank = [["____________________", "", ""]] * 2
    add_rows(document, [_("Name"), _("Signature"), _("Date")], blank, is_figures=False)
    add_foot(document, [_("Drawn up on %(day)s") % {"day": day(now)}], _("Page {page} of {pages}"))
    return bytes_of(document)


def _kept_head() -> list[str]:
    return [
        *(_("Source of money"), _("Indicator"), _("What is counted"), _("Term")),
        *(_("At least"), pgettext("promised", "Done"), _("Missing"), _("Proof")),
    ]


def _kept_row(one: "KeptSaid") -> list[str]:
    promised, kept = one.kept.promised, one.kept
    return [
        *(kept.source.name, promised.name, one.counts, one.term, count(promised.least)),
        *(count(kept.done), count(kept.missing), promised.proof),
    ]


def _cells(numbers: Numbers) -> list[str]:
    helped = numbers.people + numbers.groups
    return [
        count(one) for one in (numbers.contacts, numbers.minutes, numbers.organisations, helped)
    ]
