"""The report of a visit: DOCX to be completed and signed, PDF/UA to be handed on."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from docx.document import Document as DocumentFile

from sinergia.base.tables.document import (
    BRAND,
    SECOND,
    add_foot,
    add_rows,
    bytes_of,
    new_document,
    small,
)
from sinergia.base.tables.paper import set_paper
from sinergia.exchange.queries.reports import ReportSaid, Table

TEMPLATE = Path(__file__).parent.parent / "templates" / "exchange" / "papers" / "report.typ"


def docx_of(report: ReportSaid, *, language: str, now: datetime, is_signed: bool = True) -> bytes:
    """Write the report on A4. now: aware; when it was drawn up. is_signed: with room for names."""
    document = new_document(report.title, language=language, now=now, is_wide=True)
    small(document, report.centre, BRAND)
    document.add_paragraph(_("Report of a visit"), style="Title")
    small(document, report.title, SECOND)
    add_rows(document, [], [list(one) for one in report.facts], is_figures=False)
    _text(document, _("Introduction"), report.introduction)
    for table in report.tables:
        _section(document, table)
    _text(document, _("What delegates thought"), "\n".join(report.feedback))
    _text(document, _("Conclusions"), report.conclusions)
    if is_signed:
        document.add_heading(_("Signatures"), level=1)
        head = [_("Name"), _("Signature"), _("Date")]
        add_rows(document, head, [["____________________", "", ""]] * 2, is_figures=False)
    add_foot(document, [_foot(report)], _("Page {page} of {pages}"))
    return bytes_of(document)


def pdf_of(report: ReportSaid, *, language: str, now: datetime) -> bytes:
    """Set the same on A4. now: aware; the document's date."""
    paper = {
        "kind": _("Report of a visit"),
        "title": report.title,
        "centre": report.centre,
        "facts": [list(one) for one in report.facts],
        "before": [_("Introduction"), report.introduction],
        "tables": [
            {"title": one.title, "head": one.head, "rows": one.rows, "empty": one.empty}
            for one in report.tables
        ],
        "after": [
            [_("What delegates thought"), "\n".join(report.feedback)],
            [_("Conclusions"), report.conclusions],
        ],
        "language": language,
        "foot": _foot(report),
        "page_words": _("Page {page} of {pages}"),
    }
    return set_paper(TEMPLATE, paper, at=now)


def _foot(report: ReportSaid) -> str:
    return _("Checksum of what is in this report: %(digest)s") % {"digest": report.digest}


def _text(document: DocumentFile, title: str, text: str) -> None:
    if text.strip():
        document.add_heading(title, level=1)
        for line in filter(str.strip, text.splitlines()):
            document.add_paragraph(line)


def _section(document: DocumentFile, table: Table) -> None:
    document.add_heading(table.title, level=1)
    if table.rows:
        add_rows(document, table.head, table.rows, is_figures=False)
    else:
        document.add_paragraph(table.empty)
